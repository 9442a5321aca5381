import { type ExplainDimension, explainDimensions, type Figure } from './board.ts'
import { definitions, type GoodDirection, type HeadlineKpi } from './definitions.ts'
import { shareOf } from './statistics.ts'

/** By what a change of a figure can be divided: only what is handled has an outcome. */
export const dimensionsOf = (kpi: HeadlineKpi): ExplainDimension[] =>
  explainDimensions.filter((dimension) => dimension !== 'outcome' || kpi === 'handled')

/**
 * Which way is good for a part. Of outcomes neither: what is planned more often may be fixed less often, or left less.
 */
export const goodForPart = (kpi: HeadlineKpi, dimension: ExplainDimension): GoodDirection =>
  dimension === 'outcome' ? 'none' : definitions[kpi].good

/** One part of the reports (an agency, a category, an area) in both periods. */
export type Part<Key> = { key: Key; now: Figure; previous: Figure }
export type Explained<Key> = Part<Key> & { total: number; rate: number; mix: number }

/** A count changes by the sum of what its parts changed by. */
export function explainCount<Key>(parts: readonly Part<Key>[]): Explained<Key>[] {
  return sorted(
    parts.map((part) => {
      const total = part.now.numerator - part.previous.numerator
      return { ...part, total, rate: total, mix: 0 }
    }),
  )
}

/**
 * A share changes because parts did better or worse (rate) and because their weights among the whole changed (mix).
 * Both are taken at the mean of the two periods, so that neither effect is counted as the other and all together sum to
 * the change exactly. Null where either period has nothing to divide by.
 */
export function explainShare<Key>(parts: readonly Part<Key>[]): Explained<Key>[] | null {
  const whole = (which: 'now' | 'previous') => {
    const [part, all] = parts.reduce(
      ([above, below], one) => [above + one[which].numerator, below + (one[which].denominator ?? 0)],
      [0, 0],
    )
    return { share: shareOf(part, all), all }
  }
  const [now, before] = [whole('now'), whole('previous')]
  if (now.share === null || before.share === null) return null
  const middle = (now.share + before.share) / 2
  return sorted(
    parts.map((part) => {
      const weights = [(part.now.denominator ?? 0) / now.all, (part.previous.denominator ?? 0) / before.all] as const
      const rateNow = shareOf(part.now.numerator, part.now.denominator ?? 0)
      const rateThen = shareOf(part.previous.numerator, part.previous.denominator ?? 0)
      // A part that is missing in one period had no rate then: its whole effect is its weight (mix).
      const [a, b] = [rateNow ?? rateThen ?? middle, rateThen ?? rateNow ?? middle]
      const rate = ((weights[0] + weights[1]) / 2) * (a - b)
      const mix = (weights[0] - weights[1]) * ((a + b) / 2 - middle)
      return { ...part, rate, mix, total: rate + mix }
    }),
  )
}

/**
 * A share whose numerator is divided, not its whole (handled by outcome): each part is a share of all reports, so their
 * changes sum to that of the share, and none is due to a weight. Null where either period has nothing to divide by.
 */
export function explainSlices<Key>(parts: readonly Part<Key>[]): Explained<Key>[] | null {
  const explained: Explained<Key>[] = []
  for (const part of parts) {
    if (part.now.value === null || part.previous.value === null) return null
    const total = part.now.value - part.previous.value
    explained.push({ ...part, total, rate: total, mix: 0 })
  }
  return sorted(explained)
}

/** How many reports of a part took this many minutes; `endless` of them are not that far yet. */
export type Spread<Key> = { key: Key; now: Histogram; previous: Histogram }
type Histogram = { minutes: readonly (readonly [minutes: number, count: number])[]; endless: number }

/**
 * A median is no sum of its parts. Here the reports of one period are exchanged for those of the other part by part,
 * and each part is assigned the change of the median at its turn; once in this order and once in the reverse, and the
 * mean of both counts. So the contributions sum to the change exactly. Null where a median is not reached.
 */
export function explainMedian<Key>(spreads: readonly Spread<Key>[]): { key: Key; total: number }[] | null {
  const values = [
    ...new Set(spreads.flatMap(({ now, previous }) => [...now.minutes, ...previous.minutes].map(([at]) => at))),
  ]
  values.sort((a, b) => a - b)
  const last = values.at(-1)
  if (last === undefined) return null
  // "Not reached" counts as a little later than the latest: only the two ends must be known.
  const scale = [...values, last + 1]
  const places = new Map(scale.map((value, place) => [value, place]))
  const counts = (histogram: Histogram): [number, number][] => [
    ...histogram.minutes.map(([at, count]): [number, number] => [places.get(at) ?? 0, count]),
    [scale.length - 1, histogram.endless],
  ]
  const start = new Float64Array(scale.length)
  for (const { previous } of spreads)
    for (const [place, count] of counts(previous)) start[place] = (start[place] ?? 0) + count
  const end = new Float64Array(scale.length)
  for (const { now } of spreads) for (const [place, count] of counts(now)) end[place] = (end[place] ?? 0) + count
  const [first, final] = [medianPlace(start), medianPlace(end)]
  if (first === null || final === null || first === scale.length - 1 || final === scale.length - 1) return null

  const walk = (order: readonly number[]): Map<number, number> => {
    const mixed = Float64Array.from(start)
    let before = scale[first] as number
    const moved = new Map<number, number>()
    for (const at of order) {
      const spread = spreads[at] as Spread<Key>
      for (const [place, count] of counts(spread.previous)) mixed[place] = (mixed[place] ?? 0) - count
      for (const [place, count] of counts(spread.now)) mixed[place] = (mixed[place] ?? 0) + count
      const place = medianPlace(mixed)
      const after = place === null ? before : (scale[place] as number)
      moved.set(at, after - before)
      before = after
    }
    return moved
  }
  const order = spreads.map((_, at) => at)
  const [there, back] = [walk(order), walk([...order].reverse())]
  return spreads
    .map(({ key }, at) => ({ key, total: ((there.get(at) ?? 0) + (back.get(at) ?? 0)) / 2 }))
    .sort((a, b) => Math.abs(b.total) - Math.abs(a.total))
}

/** percentile_disc(0.5): the first value by which half of them are reached. */
function medianPlace(counts: Float64Array): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  let seen = 0
  for (let place = 0; place < counts.length; place += 1) {
    seen += counts[place] ?? 0
    if (seen >= all / 2) return place
  }
  return counts.length - 1
}

const leastNamed = 3
const mostNamed = 12
const namedShare = 0.7

/**
 * How many of the parts, the largest first, are named: as many as make 70 % of all that moved up and down, up to
 * twelve. The rest is summed.
 */
export function countNamed(parts: readonly { total: number }[]): number {
  const all = parts.reduce((sum, { total }) => sum + Math.abs(total), 0)
  let seen = 0
  const last = parts.findIndex(({ total }) => {
    seen += Math.abs(total)
    // Binary fractions: 0.7 of a sum must not need one part more.
    return seen >= all * (namedShare - 1e-9)
  })
  return Math.min(parts.length, mostNamed, Math.max(leastNamed, last + 1))
}

const sorted = <Key>(parts: Explained<Key>[]): Explained<Key>[] =>
  parts.sort((a, b) => Math.abs(b.total) - Math.abs(a.total))
