import { metresBetween } from '#server/areas/rules/distance.ts'
import { likenessOfWords, type MatterWords, matterWordsOf } from './matter-words.ts'
import type { Point } from './neighbourhood.ts'
import { wordsOf } from './search-text.ts'
import { unsortedCategory } from './suggest-category.ts'

/** What is compared between two reports, to tell whether both are about one matter. */
export type Matter = {
  /** Null where only its address is known. */
  point: Point | null
  receivedAt: Date
  /** Null while it is open. */
  endedAt: Date | null
  categoryCode: string
  /** The field (group) of the category. */
  familyCode: string
  address: string
  title: string
  body: string
}

/** Match reasons, in the order in which the screen lists them. */
export const duplicateGrounds = ['same_category', 'same_field', 'same_address', 'still_open', 'like_words'] as const
export type DuplicateGround = (typeof duplicateGrounds)[number]

export type Likeness = {
  score: number
  /** Null where one of them has no point: then their addresses name the same lane. */
  metres: number | null
  /** The time between the two, in minutes, whichever came first. */
  minutes: number
  grounds: DuplicateGround[]
  /** Whether they are alike in words or in category: a place and a time in common make no duplicate. */
  isAlike: boolean
}

/** How far the search goes in space and time, and for how many candidates the texts are compared. */
export const duplicateReach = { metres: 300, days: 60, candidates: 40, sameLane: 200 } as const
/** The score from which a report is shown as a likely duplicate, and the maximum number of them. */
export const likely = { score: 0.5, most: 5, behindBest: 3 } as const

/**
 * Fitted on the labelled pairs of a city's reports whose original has an even number (bench/duplicates.ts measures them
 * on the others), so that the original comes before its neighbours, and rounded. Those reports have no texts: the
 * weight of the words was set by the Vietnamese samples.
 */
const weights = {
  base: -6.5,
  distance: 0.8,
  time: 0.7,
  sameCategory: 0.5,
  sameField: 5.4,
  /** One of them has no category yet: then like words stand for the field. */
  unsorted: 3.5,
  address: 4,
  /** Addresses of one neighbourhood have about this much in common; one that is missing counts as such. */
  usualAddress: 0.5,
  stillOpen: 2.6,
  words: 5,
  /** Texts that have less than this in common lower the score. */
  usualWords: 0.12,
}
const sayWordsFrom = 0.2
const distanceScale = 25
/** How far apart reports of one lane usually are, where no point says it. */
const withinLane = 40
const day = 1440

/** How alike two reports are. Symmetric in the two reports. */
export function likenessOf(
  one: Matter,
  other: Matter,
  wordsIn: (one: Matter) => MatterWords = matterWordsOf,
): Likeness {
  const metres = one.point && other.point ? metresBetween(one.point, other.point) : null
  const minutes = Math.abs(one.receivedAt.getTime() - other.receivedAt.getTime()) / 60_000
  const [earlier, later] = one.receivedAt <= other.receivedAt ? [one, other] : [other, one]
  const words = likenessOfWords(wordsIn(one), wordsIn(other))
  const address = overlap(placeWords(one.address), placeWords(other.address))
  const facts: Record<DuplicateGround, boolean> = {
    same_category: one.categoryCode === other.categoryCode,
    same_field: one.familyCode === other.familyCode,
    same_address: sameAddress(one.address, other.address),
    still_open: earlier.endedAt === null || earlier.endedAt > later.receivedAt,
    like_words: words !== null && words >= sayWordsFrom,
  }
  const isUnsorted = [one, other].some(({ categoryCode }) => categoryCode === unsortedCategory)
  const score =
    weights.base -
    weights.distance * Math.log1p((metres ?? withinLane) / distanceScale) -
    weights.time * Math.log(Math.max(1, minutes / day)) +
    (facts.same_category ? weights.sameCategory : 0) +
    (facts.same_field ? weights.sameField : isUnsorted && facts.like_words ? weights.unsorted : 0) +
    (address === null ? 0 : weights.address * (address - weights.usualAddress)) +
    (facts.still_open ? weights.stillOpen : 0) +
    (words === null ? 0 : weights.words * (words - weights.usualWords))
  const grounds = duplicateGrounds.filter((ground) => facts[ground])
  // The same category already implies the same field.
  return {
    score,
    metres,
    minutes,
    grounds: grounds.filter((one) => one !== 'same_field' || !facts.same_category),
    isAlike: facts.like_words || (facts.same_category && !isUnsorted) || (facts.same_field && words === null),
  }
}

type Ranked = Likeness & { receivedAt: Date }

/**
 * The likeliest first. Of those equally likely it is the earliest: within a day the score does not fall with time, as
 * several people report one matter, and the first report is the one that the others repeat.
 */
export const rankedDuplicates = <T extends Ranked>(found: readonly T[]): T[] =>
  [...found].sort((a, b) => b.score - a.score || a.receivedAt.getTime() - b.receivedAt.getTime())

/** The likely ones, the likeliest first: those far behind the best are noise and left out. */
export function likelyAmong<T extends Ranked>(found: readonly T[]): T[] {
  const ranked = rankedDuplicates(found.filter(({ isAlike }) => isAlike))
  const best = ranked[0]?.score ?? 0
  return ranked.filter(({ score }) => score >= likely.score && score >= best - likely.behindBest).slice(0, likely.most)
}

/** What two sets have in common, between 0 and 1; null where one of them is empty. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number | null {
  if (one.size === 0 || other.size === 0) return null
  let common = 0
  for (const word of one) if (other.has(word)) common += 1
  return common / Math.sqrt(one.size * other.size)
}

const placeWords = (address: string): ReadonlySet<string> => new Set(wordsOf(address).map(({ folded }) => folded))

const placeName = (address: string) =>
  wordsOf(address)
    .map(({ folded }) => folded)
    .join(' ')

function sameAddress(one: string, other: string): boolean {
  const name = placeName(one)
  return name !== '' && name === placeName(other)
}
