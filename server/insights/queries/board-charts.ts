import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { type Channel, channels } from '#server/reports/rules/lifecycle.ts'
import { isWorkedOn } from '../rules/ageing.ts'
import type {
  AgencyRow,
  AreaRow,
  BoardAnnotation,
  CategoryRow,
  Charts,
  NamedAgency,
  PreviousPoint,
  Share,
} from '../rules/board.ts'
import { backlogAt, byStep, movesOf, sharesBy } from '../rules/charts.ts'
import { type CountedState, countedStates, isOut } from '../rules/counted-state.ts'
import { escalationLevels } from '../rules/data-point.ts'
import { definitions } from '../rules/definitions.ts'
import { maturedIn, noParts, partsOf } from '../rules/figures.ts'
import { type Bucket, stepOf } from '../rules/period.ts'
import type { Aim } from '../rules/target.ts'
import { firstDayOf, type Usual, type UsualTotal, usualOn, usualOver } from '../rules/usual.ts'
import type { FiguresNow, FiguresThen, Reading } from './board-figures.ts'
import type { Names } from './names.ts'
import type { KnownWeeks } from './weeks-before.ts'

/** The rows behind every chart, ready to be drawn or read as a table. */
export function chartsOf(
  reading: Reading,
  now: FiguresNow,
  then: FiguresThen | null,
  names: Names,
  steps: readonly Bucket[],
  before: KnownWeeks | null,
  annotations: BoardAnnotation[],
  aimOn: AimOn,
): Charts {
  const { cohort, open, promises } = now
  const counted = <Cell extends { countedState: number }>(cells: readonly Cell[]) =>
    cells.filter(({ countedState }) => !isOut(countedStates[countedState] as CountedState))
  const holdingPeriods = now.holdingPeriods.map(({ agencyId, ...holdingPeriod }) => ({
    agency: agencyNamed(names, agencyId),
    ...holdingPeriod,
  }))
  return {
    ...timeCharts(reading, now, then, { steps, before, aimOn }),
    agencies: agencyRows(now, names),
    categories: categoryRows(now, names, reading.under.filters.category),
    areas: areaRows(now, names),
    channels: channelRows(now),
    ageing: { byAge: open.byAge, byDeadline: open.byDeadline },
    coming: open.coming,
    hours: hoursOf(counted(cohort.hours)),
    moves: movesOf(counted(cohort.paths)),
    holdingPeriods,
    missed: escalationLevels.map((level) => ({
      level,
      count: promises.levels.find(({ key }) => key === level)?.promises_missed ?? 0,
    })),
    ratings: now.ratings,
    annotations,
  }
}

/** The target of the percentage handled on a day; undefined: that of the definition, as no other was set by then. */
type AimOn = (day: LocalDay) => Aim | undefined

function timeCharts(
  reading: Reading,
  now: FiguresNow,
  then: FiguresThen | null,
  { steps, before, aimOn }: { steps: readonly Bucket[]; before: KnownWeeks | null; aimOn: AimOn },
): Pick<Charts, 'flow' | 'usual' | 'handled'> {
  const { grain } = reading.period
  const cohort = byStep(now.cohort.steps, ({ key }) => key, grain)
  const unmatured = byStep(now.unmatured, ({ step }) => step, grain)
  const closes = byStep(now.closes.steps, ({ step }) => step, grain)
  const reopenings = byStep(now.reopenings, ({ step }) => step, grain)
  const changes = byStep(now.changes, ({ step }) => step, grain)
  const backlogs = backlogAt(steps, now.backlog.open, (step) => changes(step)[0]?.count ?? 0)
  const previous = previousSteps(then, grain)
  const usual = usualSteps(reading, before, (step) => partsOf(cohort(step)).received, steps)
  return {
    flow: steps.map((step, place) => ({
      ...step,
      received: partsOf(cohort(step)).received,
      closed: closes(step)[0]?.closes ?? 0,
      reopened: reopenings(step)[0]?.count ?? 0,
      backlog: backlogs[place] ?? 0,
      usual: usual.on(step),
      previous: previous(place),
    })),
    usual: usual.over,
    handled: steps.map((step, place) => {
      const { received, parts } = partsOf(cohort(step))
      const aim = aimOn(step.to)
      return {
        ...step,
        received,
        parts,
        matured: maturedIn(parts, unmatured(step)),
        target: aim ? aim.value : definitions.handled.target,
        band: aim?.band ?? null,
        previous: previous(place),
      }
    }),
  }
}

/** What usually comes in on each day, and on all together; of the running one, which is not over, nothing. */
function usualSteps(
  { period, time }: Reading,
  before: KnownWeeks | null,
  receivedIn: (step: Bucket) => number,
  steps: readonly Bucket[],
): { on: (step: Bucket) => Usual | null; over: UsualTotal | null } {
  const unknown = { on: () => null, over: null }
  if (!before || period.grain !== 'day') return unknown
  const inPeriod = steps.map((step) => [stepOf(step.from, 'day'), receivedIn(step)] as const)
  const counts = new Map([...before.received, ...inPeriod])
  const first = firstDayOf(counts)
  if (first === null) return unknown
  const known = {
    counts,
    first,
    isWorked: (day: LocalDay) => isWorkedOn(day, time),
  }
  const running = period.isPartial ? localDayOf(period.asOf) : null
  const isWhole = (day: LocalDay) => day !== running
  return {
    on: ({ from: day }) => (isWhole(day) ? usualOn(day, known) : null),
    over: usualOver(steps.map(({ from }) => from).filter(isWhole), known),
  }
}

/** The steps of the other period by their places: the first beside the first, whatever their dates. */
function previousSteps(then: FiguresThen | null, grain: Reading['period']['grain']) {
  if (!then) return () => null
  const cohort = byStep(then.cohort.steps, ({ key }) => key, grain)
  const unmatured = byStep(then.unmatured, ({ step }) => step, grain)
  const closes = byStep(then.closes.steps, ({ step }) => step, grain)
  return (place: number): PreviousPoint | null => {
    const step = then.steps[place]
    if (!step) return null
    const { received, parts } = partsOf(cohort(step))
    return { ...step, received, closed: closes(step)[0]?.closes ?? 0, matured: maturedIn(parts, unmatured(step)) }
  }
}

const nothing = (): Share => ({ received: 0, parts: noParts(), due: 0, kept: 0, open: 0, overdue: 0 })

function agencyNamed(names: Names, id: string): NamedAgency {
  return names.agencies.get(id) ?? { id, name: id, shortName: id }
}

function agencyRows({ cohort, promises, open, closeMedians, forwarding }: FiguresNow, names: Names): AgencyRow[] {
  const shares = sharesBy({ cohort: cohort.agencies, due: promises.agencies, open: open.agencies }, (id) => id)
  for (const { key } of forwarding) if (!shares.has(key)) shares.set(key, nothing())
  const medians = new Map(closeMedians.map(({ key, close }) => [key, close]))
  const passed = new Map(forwarding.map((row) => [row.key, row]))
  const rows = [...shares].map(([id, share]): AgencyRow => {
    const { name, shortName } = id === null ? { name: '', shortName: '' } : agencyNamed(names, id)
    const { first = 0, forwarded = 0 } = (id !== null && passed.get(id)) || {}
    return { ...share, id, name, shortName, closeMedian: medians.get(id) ?? null, first, forwarded }
  })
  return rows.sort((a, b) => b.received - a.received || (a.name < b.name ? -1 : 1))
}

/** By groups; where the board is narrowed to a group or to one category of it, by the level below. */
function categoryRows({ cohort, promises, open }: FiguresNow, names: Names, narrowed: string | null): CategoryRow[] {
  const headOf = (code: string) => (narrowed === null ? (names.categories.get(code)?.parentCode ?? code) : code)
  const cells = { cohort: cohort.categories, due: promises.categories, open: open.categories }
  const rows = [...sharesBy(cells, headOf)].map(([code, share]): CategoryRow => {
    const { name, nameEn } = names.categories.get(code) ?? { name: code, nameEn: code }
    return { ...share, code, name, nameEn }
  })
  return rows.sort((a, b) => b.received - a.received || (a.code < b.code ? -1 : 1))
}

/** Every area, those without a report too, so that the map has no holes. Reports without a place come last. */
function areaRows({ cohort, promises, open }: FiguresNow, names: Names): AreaRow[] {
  const shares = sharesBy({ cohort: cohort.areas, due: promises.areas, open: open.areas }, (id) => id)
  const rows = [...names.areas.values()].map((area): AreaRow => ({ ...(shares.get(area.id) ?? nothing()), ...area }))
  const nowhere = shares.get(null)
  return nowhere ? [...rows, { ...nowhere, id: null, code: '', name: '' }] : rows
}

function channelRows({ cohort, promises, open }: FiguresNow): Charts['channels'] {
  const cells = { cohort: cohort.channels, due: promises.channels, open: open.channels }
  const shares = sharesBy(cells, (channel) => channel as Channel)
  return channels
    .flatMap((channel) => {
      const share = shares.get(channel)
      return share ? [{ ...share, channel }] : []
    })
    .sort((a, b) => b.received - a.received)
}

function hoursOf(cells: readonly { key: number; count: number }[]): number[] {
  const hours = Array.from({ length: 168 }, () => 0)
  for (const { key, count } of cells) hours[key] = (hours[key] ?? 0) + count
  return hours
}
