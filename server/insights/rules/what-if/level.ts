/** Of the reports due in a week, how many were late. */
export type WeekDue = { due: number; late: number }

/** The share of late reports at the end of a log, as log odds, and what is not known of it. */
export type Level = {
  odds: number
  /** Of the odds at the end of the log: of a short or small log nobody knows them well. */
  variance: number
  /** How much the odds wander further with each week. */
  drift: number
}

/** Standard deviations per week by which log odds may wander, each thought equally likely before the log is read. */
const driftsTried = [0.02, 0.04, 0.08, 0.12, 0.16, 0.24]
/** How many times more weeks scatter around the odds than independent reports would. */
const scattersTried = [1, 1.5, 2, 3]
/** Before the first week hardly anything is known. */
const startVariance = 1

export const oddsOf = (late: number, due: number): number => Math.log((late + 0.5) / (due - late + 0.5))
export const shareOf = (odds: number): number => 1 / (1 + Math.exp(-odds))

/**
 * A level that wanders (a local level model, Harvey 1989), on log odds with the binomial scatter of each week. How far
 * it wanders is told by the errors with which each week was predicted from those before it: each drift and scatter
 * counts by how likely it makes these errors, so a log too small to tell keeps them all in its uncertainty.
 */
export function levelOf(weeks: readonly WeekDue[]): Level {
  const whole = weeks.reduce((sum, week) => ({ due: sum.due + week.due, late: sum.late + week.late }), {
    due: 0,
    late: 0,
  })
  const start = oddsOf(whole.late, whole.due)
  const filtered = driftsTried.flatMap((deviation) =>
    scattersTried.map((scatter) => filter(weeks, { start, drift: deviation ** 2, scatter })),
  )
  const best = Math.max(...filtered.map(({ likelihood }) => likelihood))
  const weights = filtered.map(({ likelihood }) => Math.exp(likelihood - best))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const meanOf = (value: (each: Filtered) => number) =>
    filtered.reduce((sum, each, nth) => sum + (weights[nth] as number) * value(each), 0) / all
  const odds = meanOf((each) => each.odds)
  return {
    odds,
    variance: meanOf((each) => each.variance + (each.odds - odds) ** 2),
    drift: meanOf((each) => each.drift),
  }
}

type Filtered = Level & { likelihood: number }
type Assumed = { start: number; drift: number; scatter: number }

function filter(weeks: readonly WeekDue[], { start, drift, scatter }: Assumed): Filtered {
  let [odds, variance, likelihood] = [start, startVariance, 0]
  for (const { due, late } of weeks) {
    variance += drift
    if (due === 0) continue
    const share = shareOf(odds)
    const information = due * share * (1 - share)
    const error = (late - due * share) / information
    const spread = variance + scatter / information
    likelihood -= (Math.log(spread) + error ** 2 / spread) / 2
    const gain = variance / spread
    odds += gain * error
    variance *= 1 - gain
  }
  return { odds, variance, drift, likelihood }
}

/** How far the mean of the coming weeks may lie from the odds at the end of the log: it grows with each week. */
export const varianceAhead = ({ variance, drift }: Level, weeks: number): number =>
  variance + (drift * (weeks + 1) * (2 * weeks + 1)) / (6 * weeks)
