import type { Storm } from './board.ts'
import { type DataPointCell, drillDownAddress, type Measure } from './data-point.ts'
import { handledParts } from './definitions.ts'
import type { Counted, Shown } from './marks.ts'
import { stormFilters } from './storm.ts'
import type { StormCard } from './storm-export.ts'
import { busiestHour, countsWithin, type StormPart, type StormStep, stepsIn } from './storm-steps.ts'

declare const declared: unique symbol

/**
 * A figure, bar, cell or map area of the page of a storm. As on the board (`marks.ts`), marks are made in this file
 * alone, and the links of the page take nothing else: `golden/storm-contract.test.ts` opens all of them.
 */
export type StormMark = Counted & { shown: Shown; readonly [declared]: true }

const markOf = (count: number, measure: Measure, by?: DataPointCell, shown: Shown = { as: 'count' }): StormMark =>
  ({ dataPoint: by ? { measure, by } : { measure }, count, shown }) as StormMark

/** The reports of a mark; null: it counts none. */
export const stormMarkAddress = (
  storm: Parameters<typeof stormFilters>[0],
  { dataPoint, count }: StormMark,
): string | null => (count > 0 ? drillDownAddress({ dataPoint, filters: stormFilters(storm), asOf: storm.asOf }) : null)

type Stretch = { from: Date; to: Date }

/** A time range in the form of a data point. */
const instants = ({ from, to }: Stretch) => ({ from: from.toISOString(), to: to.toISOString() })
const cellOf = ({ kind, area }: StormPart): DataPointCell => ({
  ...(kind && { category: kind }),
  ...(area && { area }),
})

export const partOfKind = ({ code }: { code: string }): StormPart => ({ kind: code })
export const partOfArea = ({ id }: { id: number | null }): StormPart => ({ area: id ?? 'none' })

const hour = 3_600_000

/** The figures at the top. */
export function stormFigureMarks(storm: Storm) {
  const { total, citizens, open, urgentOpen, overdue, handled, safeMedian, lastHour, hourBefore, asOf } = storm
  const busiest = busiestHour(storm)
  const [now, then, before] = [asOf, new Date(asOf.getTime() - hour), new Date(asOf.getTime() - 2 * hour)]
  const all = markOf(total, 'received')
  const done = markOf(handled, 'handled')
  return {
    total: all,
    merged: markOf(citizens - total, 'merged'),
    open: markOf(open, 'still_open'),
    urgent: markOf(urgentOpen, 'still_open', { severity: 'urgent' }),
    overdue: markOf(overdue, 'open_overdue'),
    /** The duration of those that ended; null where more than half are open. */
    safe:
      safeMedian === null ? null : markOf(total - open, 'ended', undefined, { as: 'duration', minutes: safeMedian }),
    lastHour: markOf(lastHour, 'received', { came: instants({ from: then, to: now }) }),
    hourBefore: markOf(hourBefore, 'received', { came: instants({ from: before, to: then }) }),
    busiest: busiest && happenedMark(busiest.count, { from: busiest.at, to: new Date(busiest.at.getTime() + hour) }),
    handled: markOf(handled, 'handled', undefined, { as: 'share', part: done, whole: all }),
  }
}

/** The five parts of "percentage handled". */
export const stormPartMarks = ({ parts }: Storm) =>
  handledParts.map((part) => ({ part, mark: markOf(parts[part], part) }))

/** What happened in a time range, in one kind or commune or in all. */
export const happenedMark = (count: number, stretch: Stretch, part: StormPart = {}): StormMark =>
  markOf(count, 'received', { ...cellOf(part), happened: instants(stretch) })

/** A step of the course. What was open at its end is that of another moment, and opens nothing. */
export const stepMarks = (step: StormStep, part: StormPart) => ({
  happened: happenedMark(step.count, step, part),
  ended: markOf(step.closed, 'ended', { ...cellOf(part), ended: instants(step) }),
})

/** A kind or a commune, whenever it happened. */
export function partMarks(part: StormPart, row: Pick<Storm['kinds'][number], 'total' | 'open' | 'handled'>) {
  const by = cellOf(part)
  return {
    total: markOf(row.total, 'received', by),
    open: markOf(row.open, 'still_open', by),
    handled: markOf(row.handled, 'handled', by),
  }
}

/** What the map shows: all up to a moment, what happened in one step, or what is open now. */
export const mapViews = ['sofar', 'step', 'open'] as const
export type MapView = (typeof mapViews)[number]

/** Of each commune what the map shows at a step. */
export function mapMarks(storm: Storm, view: MapView, steps: readonly StormStep[], at: number) {
  const [first, step] = [steps[0], steps[at]]
  if (!first || !step) return []
  const stretch = view === 'sofar' ? { from: first.from, to: step.to } : step
  const counts = countsWithin(storm, stretch.from, stretch.to, 'area')
  return storm.areas.map((area) => {
    const part = partOfArea(area)
    const mark = view === 'open' ? partMarks(part, area).open : happenedMark(counts.get(area.id) ?? 0, stretch, part)
    return { area, mark }
  })
}

/** The days of the grid; those on which something only ended are no columns of it. */
export const gridColumns = (storm: Storm): StormStep[] => stepsIn(storm, 'grid').filter(({ count }) => count > 0)

/** The cells of a row of the grid, one for each of its columns. */
export function gridMarks(storm: Storm, columns: readonly StormStep[], part: StormPart): StormMark[] {
  const counts = new Map(stepsIn(storm, 'grid', part).map(({ from, count }) => [from.getTime(), count]))
  return columns.map((column) => happenedMark(counts.get(column.from.getTime()) ?? 0, column, part))
}

const all = (marks: Record<string, StormMark | null>): StormMark[] =>
  Object.values(marks).filter((mark) => mark !== null)

const rowsOf = ({ kinds, areas }: Storm) => [
  ...kinds.map((kind) => ({ part: partOfKind(kind), row: kind })),
  ...areas.map((area) => ({ part: partOfArea(area), row: area })),
]

/** What the course can be narrowed to: all, a kind, a commune, or both. */
function partsOf({ kinds, areas }: Storm): StormPart[] {
  const [ofKind, ofArea] = [kinds.map(partOfKind), areas.map(partOfArea)]
  const both = ofKind.flatMap((kind) => ofArea.map((area) => ({ ...kind, ...area })))
  return [{}, ...ofKind, ...ofArea, ...both]
}

/** The marks of each card, however it is narrowed and wherever it is played to. A report is opened by its own code. */
export const marksOfStormCard: Record<StormCard, (storm: Storm) => StormMark[]> = {
  'storm-figures': (storm) => [...all(stormFigureMarks(storm)), ...stormPartMarks(storm).map(({ mark }) => mark)],
  'storm-course': (storm) =>
    (['hour', 'day'] as const).flatMap((pace) =>
      partsOf(storm).flatMap((part) => stepsIn(storm, pace, part).flatMap((step) => all(stepMarks(step, part)))),
    ),
  'storm-map': (storm) => {
    const steps = stepsIn(storm, 'map')
    const played = mapViews.flatMap((view) => steps.flatMap((_, at) => mapMarks(storm, view, steps, at)))
    return [...played.map(({ mark }) => mark), ...storm.areas.flatMap((area) => all(partMarks(partOfArea(area), area)))]
  },
  'storm-kinds': (storm) => storm.kinds.flatMap((kind) => all(partMarks(partOfKind(kind), kind))),
  'storm-grid': (storm) => {
    const columns = gridColumns(storm)
    return rowsOf(storm).flatMap(({ part, row }) => [...gridMarks(storm, columns, part), partMarks(part, row).total])
  },
  'storm-oldest': () => [],
}
