import { aheadOfUtc } from '#server/platform/rules/local-day.ts'
import type { Storm } from './board.ts'

const hour = 3_600_000

/** The possible lengths of a step, in hours. */
const lengths = [1, 3, 6, 12, 24, 48, 96, 168, 336, 720, 1440, 2880, 8760] as const
export type StepLength = (typeof lengths)[number]

/** One time range of the storm. */
export type StormStep = {
  from: Date
  to: Date
  count: number
  closed: number
  /** Open at its end; null where the storm is narrowed: only for the whole is every change known. */
  open: number | null
}

/** A part of the storm. */
export type StormPart = { kind?: string | null; area?: number | 'none' | null }

type Course = Pick<Storm, 'hours' | 'cells'>
type Span = { first: number; last: number }

/** From the hour of the first report to that of the last change, or to the present while the storm is in progress. */
function spanOf({ hours }: Course, until: Date | null): Span | null {
  const [first, last] = [hours[0], hours.at(-1)]
  if (!first || !last) return null
  return { first: first.at.getTime(), last: Math.max(last.at.getTime(), until?.getTime() ?? 0) }
}

/** Steps begin with Hanoi's hours and days. */
const startOf = (at: number, length: StepLength): number =>
  Math.floor((at + aheadOfUtc) / (length * hour)) * length * hour - aheadOfUtc

/** The shortest length at which the storm has no more steps than `most`. */
export function lengthFor(storm: Course, until: Date | null, most: number, least: StepLength = 1): StepLength {
  const span = spanOf(storm, until)
  if (!span) return least
  const takes = (length: StepLength) => (startOf(span.last, length) - startOf(span.first, length)) / (length * hour) + 1
  return lengths.find((length) => length >= least && takes(length) <= most) ?? 8760
}

/** The storm step by step without gaps. */
export function stepsOf(storm: Course, until: Date | null, length: StepLength, part: StormPart = {}): StormStep[] {
  const span = spanOf(storm, until)
  if (!span) return []
  const isWhole = (part.kind ?? null) === null && (part.area ?? null) === null
  const steps = new Map<number, StormStep>()
  for (let at = startOf(span.first, length); at <= span.last; at += length * hour) {
    steps.set(at, { from: new Date(at), to: new Date(at + length * hour), count: 0, closed: 0, open: null })
  }
  for (const { at, count, closed } of isWhole ? storm.hours : storm.cells.filter((cell) => isIn(cell, part))) {
    const step = steps.get(startOf(at.getTime(), length))
    if (!step) continue
    step.count += count
    step.closed += closed
  }
  if (!isWhole) return [...steps.values()]
  let [open, next] = [0, 0]
  for (const step of steps.values()) {
    for (; (storm.hours[next]?.at ?? step.to) < step.to; next += 1) open = storm.hours[next]?.open ?? open
    step.open = open
  }
  return [...steps.values()]
}

function isIn({ category, area }: Storm['cells'][number], { kind = null, area: wanted = null }: StormPart): boolean {
  return (kind === null || category === kind) && (wanted === null || (area ?? 'none') === wanted)
}

/** The steps a chart of the page is drawn in: no more than can be read, none shorter than what it is about. */
const charts = {
  hour: { most: 190, least: 1 },
  day: { most: 190, least: 24 },
  map: { most: 60, least: 1 },
  grid: { most: 14, least: 24 },
} as const satisfies Record<string, { most: number; least: StepLength }>
type Chart = keyof typeof charts
type Drawn = Course & Pick<Storm, 'incident' | 'asOf'>

const untilOf = (storm: Drawn): Date | null => (isGoingOn(storm) ? storm.asOf : null)

export const lengthIn = (storm: Drawn, chart: Chart): StepLength =>
  lengthFor(storm, untilOf(storm), charts[chart].most, charts[chart].least)

export const stepsIn = (storm: Drawn, chart: Chart, part: StormPart = {}): StormStep[] =>
  stepsOf(storm, untilOf(storm), lengthIn(storm, chart), part)

/** The counts from one instant up to another, by commune or by kind. */
export function countsWithin<Key extends 'area' | 'category'>(
  { cells }: Course,
  from: Date,
  to: Date,
  key: Key,
): Map<Storm['cells'][number][Key], number> {
  const counts = new Map<Storm['cells'][number][Key], number>()
  for (const cell of cells) {
    if (cell.at < from || cell.at >= to || cell.count === 0) continue
    counts.set(cell[key], (counts.get(cell[key]) ?? 0) + cell.count)
  }
  return counts
}

/** In progress, so that its last step is the current one. */
export const isGoingOn = ({ incident, asOf }: Pick<Storm, 'incident' | 'asOf'>): boolean =>
  incident.startsAt <= asOf && (incident.endsAt === null || asOf < incident.endsAt)

/** The hour with the most reports. */
export function busiestHour({ hours }: Course): Storm['hours'][number] | null {
  return hours.reduce<Storm['hours'][number] | null>(
    (most, each) => (each.count > (most?.count ?? 0) ? each : most),
    null,
  )
}
