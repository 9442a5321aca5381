import { metresBetween, type Point } from './neighbourhood.ts'
import { wordsOf } from './search-text.ts'

/** What is compared between two reports, to tell whether both are about one matter. */
export type Matter = {
  point: Point
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

export type Likeness = { score: number; metres: number; minutes: number; grounds: DuplicateGround[] }

/** How far the search goes in space and time, and for how many candidates the texts are compared. */
export const duplicateReach = { metres: 300, days: 60, candidates: 40 } as const
/** The score from which a report is shown as a likely duplicate, and the maximum number of them. */
export const likely = { score: 0.5, most: 5, behindBest: 3 } as const

/**
 * Fitted as a logistic regression on every second one of the labelled pairs of a city's reports (bench/duplicates.ts
 * measures them on the others), rounded. Those reports have no texts: the weight of the words was set by the Vietnamese
 * samples.
 */
const weights = {
  base: -6.4,
  distance: 0.45,
  time: 0.8,
  sameCategory: 0.3,
  sameField: 5.7,
  sameAddress: 2.1,
  stillOpen: 2.4,
  words: 5,
  /** Texts that have less than this in common lower the score. */
  usualWords: 0.12,
}
const sayWordsFrom = 0.2
const distanceScale = 25

/** How alike two reports are. Symmetric in the two reports. */
export function likenessOf(one: Matter, other: Matter, texts = textOf): Likeness {
  const metres = metresBetween(one.point, other.point)
  const minutes = Math.abs(one.receivedAt.getTime() - other.receivedAt.getTime()) / 60_000
  const [earlier, later] = one.receivedAt <= other.receivedAt ? [one, other] : [other, one]
  const words = overlap(texts(one), texts(other))
  const facts: Record<DuplicateGround, boolean> = {
    same_category: one.categoryCode === other.categoryCode,
    same_field: one.familyCode === other.familyCode,
    same_address: sameAddress(one.address, other.address),
    still_open: earlier.endedAt === null || earlier.endedAt > later.receivedAt,
    like_words: words !== null && words >= sayWordsFrom,
  }
  const score =
    weights.base -
    weights.distance * Math.log1p(metres / distanceScale) -
    weights.time * Math.log1p(minutes / 1440) +
    (facts.same_category ? weights.sameCategory : 0) +
    (facts.same_field ? weights.sameField : 0) +
    (facts.same_address ? weights.sameAddress : 0) +
    (facts.still_open ? weights.stillOpen : 0) +
    (words === null ? 0 : weights.words * (words - weights.usualWords))
  const grounds = duplicateGrounds.filter((ground) => facts[ground])
  // The same category already implies the same field.
  return { score, metres, minutes, grounds: grounds.filter((one) => one !== 'same_field' || !facts.same_category) }
}

/** The likely ones, the likeliest first: those far behind the best are noise and left out. */
export function likelyAmong<T extends Likeness>(found: readonly T[]): T[] {
  const ranked = [...found].sort((a, b) => b.score - a.score || a.metres - b.metres)
  const best = ranked[0]?.score ?? 0
  return ranked.filter(({ score }) => score >= likely.score && score >= best - likely.behindBest).slice(0, likely.most)
}

/** The words of a report and the pairs of adjacent ones: a Vietnamese word is mostly two syllables. */
export function textOf({ title, body }: Pick<Matter, 'title' | 'body'>): ReadonlySet<string> {
  const words = wordsOf(`${title} . ${body}`).map(({ folded }) => folded)
  return new Set([...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)])
}

/** The overlap of two texts, between 0 and 1; null where one of them is too short. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number | null {
  const [short, long] = one.size <= other.size ? [one, other] : [other, one]
  if (short.size < 3) return null
  let common = 0
  for (const word of short) if (long.has(word)) common += 1
  return common / Math.sqrt(short.size * long.size)
}

const placeName = (address: string) =>
  wordsOf(address)
    .map(({ folded }) => folded)
    .join(' ')

function sameAddress(one: string, other: string): boolean {
  const name = placeName(one)
  return name !== '' && name === placeName(other)
}
