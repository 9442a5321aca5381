import { normalBeyond, studentBeyond } from './distributions.ts'
import type { Scatter } from './scatter.ts'
import type { Spread } from './spread.ts'
import type { Share } from './statistics.ts'
import { endless } from './tallied-figures.ts'

/**
 * What a test of two sides says: how likely chance alone makes such a difference, and which way what it compares moved
 * (the sign of the change). What is shown can move the other way: 31 days bring more reports than 28, but fewer a day.
 */
export type Tested = { chance: number; way: number }

/** Tests of whether two sides differ more than chance explains. Null: no verdict, a side is too small. */

/** A side of fewer than this says nothing. */
export const leastSide = 20

/** Tables that are equally likely but for rounding. */
const tie = 1e-7
/** What is this much less likely than the likeliest table no longer adds anything. */
const negligible = 1e-18

/**
 * Fisher's exact test of two shares: how likely a table is that is less likely than this one, those as likely counted
 * by half (mid-P).
 */
export function fisherMidP(now: Share, before: Share): number {
  const parts = now.part + before.part
  const [lowest, highest] = [Math.max(0, parts - before.whole), Math.min(parts, now.whole)]
  const likeliest = Math.floor(((parts + 1) * (now.whole + 1)) / (now.whole + before.whole + 2))
  const start = Math.min(highest, Math.max(lowest, likeliest))
  /** How much likelier it is that one more of the parts is on the side of now. */
  const odds = (part: number) =>
    ((now.whole - part) * (parts - part)) / ((part + 1) * (before.whole - parts + part + 1))
  const tables = new Map([[start, 1]])
  for (let [part, weight] = [start, 1]; part < highest && weight > negligible; part += 1) {
    weight *= odds(part)
    tables.set(part + 1, weight)
  }
  for (let [part, weight] = [start, 1]; part > lowest && weight > negligible; part -= 1) {
    weight /= odds(part - 1)
    tables.set(part - 1, weight)
  }
  const own = tables.get(now.part) ?? 0
  let [less, same, all] = [0, 0, 0]
  for (const weight of tables.values()) {
    all += weight
    if (weight < own * (1 - tie)) less += weight
    else if (weight <= own * (1 + tie)) same += weight
  }
  return (less + same / 2) / all
}

/** Null where a side is too small. */
export const testShares = (now: Share, before: Share): Tested | null =>
  now.whole < leastSide || before.whole < leastSide
    ? null
    : { chance: fisherMidP(now, before), way: wayOf(now.part * before.whole, before.part * now.whole) }

const wayOf = (now: number, before: number): number => Math.sign(now - before)

type Count = { count: number; days: number }

/** Two counts a day against each other, by how they scatter (quasi-Poisson); null: that is not known. */
export function testCounts(now: Count, before: Count, scatter: Scatter | null): Tested | null {
  if (!scatter || now.count < leastSide || before.count < leastSide) return null
  const perDay = (now.count + before.count) / (now.days + before.days)
  const term = ({ count, days }: Count) => count * Math.log(count / (perDay * days))
  const deviance = Math.max(0, 2 * (term(now) + term(before)))
  const far = Math.sqrt(deviance / scatter.dispersion)
  return {
    chance: scatter.freedom === Number.POSITIVE_INFINITY ? normalBeyond(far) : studentBeyond(far, scatter.freedom),
    way: wayOf(now.count * before.days, before.count * now.days),
  }
}

/**
 * Mood's median test: whether as many of each side come by the median of both together. What is still open counts as
 * later than all; where that is half of them or more, it is compared how many have come at all.
 */
export function testDurations(now: Spread, before: Spread): Tested | null {
  const [whole, wholeThen] = [now.totals().count, before.totals().count]
  const both = now.and(before)
  const [median = endless] = both.quantiles([0.5])
  const by = Math.min(median, endless - 1)
  const early = testShares({ part: now.countUpTo(by), whole }, { part: before.countUpTo(by), whole: wholeThen })
  // The more come early, the shorter it takes.
  return early && { ...early, way: 0 - early.way }
}

const falseShare = 0.1
const singleChance = 0.05

/**
 * Which of all the differences weighed for a board or table are beyond chance: of those said to be, at most one in ten
 * is expected not to be (Benjamini and Hochberg). One alone must be as unlikely as one in twenty.
 */
export function beyondChance(chances: readonly (number | null)[]): boolean[] {
  const weighed = chances.filter((chance) => chance !== null).sort((a, b) => a - b)
  const limitAt = (place: number) => (weighed.length === 1 ? singleChance : ((place + 1) / weighed.length) * falseShare)
  const last = weighed.findLastIndex((chance, place) => chance <= limitAt(place))
  return chances.map((chance) => chance !== null && last >= 0 && chance <= limitAt(last))
}
