/** One line of a time chart. */
export type TimeSeries = {
  key: string
  label: string
  /** A colour of the theme as a CSS value. */
  ink: string
  look?: 'solid' | 'dashed' | 'ghost'
}

/** One step of time: a day, week or month. */
export type TimeStep = {
  key: string
  /** On the axis. */
  label: string
  /** In the readout and for screen readers: "thứ Hai, 14/09/2026". */
  long: string
  /** The days it covers, both included. */
  from: string
  to: string
  /** Still in progress, or too recent to judge: drawn differently. */
  isPartial: boolean
  values: Readonly<Record<string, { value: number | null; text: string; href: string | null }>>
}

/** What is usual at each step, where that is known: a range and the line within it. */
export type UsualRange = {
  label: string
  median: string
  textAt: (step: number) => string
  at: readonly ({ low: number; median: number; high: number } | null)[]
}

/** What happened at that time: a storm, bulletins, a new policy. */
export type TimeMark = {
  key: string
  kind: 'incident' | 'bulletin' | 'note'
  /** Local days, both included. */
  from: string
  to: string
  words: string
  /** How many things the mark represents. */
  count?: number
}

/** A target that applied from one step to another, both included; within the band a value still counts as near. */
export type TargetRun = { first: number; last: number; value: number; band: number }

/** The target line in level pieces: it steps where another target begins. */
export function targetRuns(aims: readonly { target: number | null; band: number | null }[]): TargetRun[] {
  const runs: TargetRun[] = []
  for (const [at, { target, band }] of aims.entries()) {
    if (target === null) continue
    const before = runs.at(-1)
    if (before && before.last === at - 1 && before.value === target && before.band === (band ?? 0)) before.last = at
    else runs.push({ first: at, last: at, value: target, band: band ?? 0 })
  }
  return runs
}

export type PlacedMark = TimeMark & { first: number; last: number }

/** The steps on which the marks are placed; marks before or after them are left out. */
export function placeMarks(marks: readonly TimeMark[], steps: readonly TimeStep[]): PlacedMark[] {
  return marks.flatMap((mark) => {
    const first = steps.findIndex(({ to }) => to >= mark.from)
    const last = steps.findLastIndex(({ from }) => from <= mark.to)
    return first < 0 || last < 0 || first > last ? [] : [{ ...mark, first, last }]
  })
}

/** Which steps have a label on the axis, so that labels do not touch. */
export function labelledSteps(count: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(1, room)))
  return Array.from({ length: count }, (_, i) => i).filter((i) => i % every === 0)
}

/** A round number at or above the greatest value, in steps of 1, 2 or 5 with zeros, and the ticks below it. */
export function niceTicks(greatest: number, about = 4): number[] {
  if (greatest <= 0) return [0, 1]
  const rough = greatest / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power
  const whole = greatest > 1 ? Math.max(1, step) : step
  return Array.from({ length: Math.ceil(greatest / whole) + 1 }, (_, i) => Number((i * whole).toPrecision(12)))
}

/** The approximate width of a letter of the texts above a chart, in pixels. */
const letter = 6.2
const axis = 60

type PlacedWords = { row: number; room: number; side: 'left' | 'right' }

/**
 * Where the text of each mark is placed above the chart: on one of two lines, from where the mark begins or, near the
 * edge, up to where it ends, so that none overlap. Those without room have none.
 */
export function placeWords(
  marks: readonly PlacedMark[],
  steps: number,
  width: number,
): ReadonlyMap<string, PlacedWords> {
  const perStep = (width - axis) / Math.max(1, steps)
  const ends = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const placed = new Map<string, PlacedWords>()
  const named = marks.filter(({ kind }) => kind !== 'bulletin').sort((a, b) => a.first - b.first)
  for (const mark of named) {
    const wanted = Math.min(170, mark.words.length * letter)
    const from = mark.first * perStep
    const isNearEdge = from + wanted > steps * perStep
    const start = isNearEdge ? Math.max(0, (mark.last + 1) * perStep - wanted) : from
    const row = ends.findIndex((end) => end + 8 <= start)
    if (row < 0) continue
    ends[row] = start + wanted
    placed.set(mark.key, { row, room: Math.floor(wanted / letter), side: isNearEdge ? 'right' : 'left' })
  }
  return placed
}
