import { metresBetween } from '#server/areas/rules/distance.ts'
import type { FoundPlace } from './place.ts'

/** What a person reads of a place. */
const wordsOf = ({ label, areaId, beside }: FoundPlace): string =>
  [label.normalize('NFC').toLowerCase(), areaId, beside ?? ''].join('|')

/** Whether two places that read the same are one, as two files have it: each reaches the middle of the other. */
const isSamePlace = (one: FoundPlace, other: FoundPlace): boolean =>
  wordsOf(one) === wordsOf(other) && metresBetween(one, other) <= Math.min(one.metres, other.metres)

/** Of places that are the same, the likeliest. */
export function withoutSame(found: readonly FoundPlace[]): FoundPlace[] {
  const kept: FoundPlace[] = []
  for (const place of found) if (!kept.some((each) => isSamePlace(each, place))) kept.push(place)
  return kept
}

/** Those that read the same as another one: for them the street beside them must be said. */
export const readingAlike = (found: readonly FoundPlace[]): FoundPlace[] =>
  found.filter((place) => found.some((other) => other !== place && wordsOf(other) === wordsOf(place)))

/** Of those that still read the same, the likeliest, which may then as well be where the others are. */
export function toldApart(found: readonly FoundPlace[]): FoundPlace[] {
  const kept = new Map<string, FoundPlace>()
  for (const place of found) {
    const words = wordsOf(place)
    const first = kept.get(words)
    const metres = first ? Math.max(first.metres, Math.round(metresBetween(first, place)) + place.metres) : place.metres
    kept.set(words, { ...(first ?? place), metres })
  }
  return [...kept.values()]
}
