import { metresBetween } from '#server/areas/rules/distance.ts'
import { fold, wordsOf } from '#server/platform/rules/text.ts'
import type { FoundPlace, Precision } from './place.ts'

type Named = Pick<FoundPlace, 'label' | 'lon' | 'lat' | 'metres'>

/**
 * The place that an address means beyond doubt: the likeliest, unless another of the same name lies elsewhere. How
 * exactly it is known, its precision says.
 */
export function placeMeant<Place extends Named>(found: readonly Place[]): Place | null {
  const [first, ...others] = found
  if (!first) return null
  const isNamesake = (other: Place) =>
    fold(other.label) === fold(first.label) && metresBetween(first, other) > first.metres + other.metres
  return others.some(isNamesake) ? null : first
}

/** Known to the house or the lane: near enough to be compared with other reports. */
export const isClose = ({ precision }: { precision: Precision }): boolean =>
  precision === 'house' || precision === 'interpolated' || precision === 'lane'

const kindWords = new Set(['pho', 'duong', 'ngo', 'ngach', 'hem'])

/** Whether what was typed speaks of the place: it begins its name, or contains all of it. */
export function speaksOf(typed: string, label: string): boolean {
  const words = wordsOf(typed).map(fold)
  const names = wordsOf(label)
    .map(fold)
    .filter((name) => !kindWords.has(name))
  return words.length > 1 && (completedAddress(typed, label) === label || names.every((name) => words.includes(name)))
}

/**
 * The address once a suggestion is chosen: its name where that only completes what was typed; otherwise what was typed
 * stays, because it says more ("đối diện 95 Đê La Thành").
 */
export function completedAddress(typed: string, label: string): string {
  const names = wordsOf(label).map(fold)
  return wordsOf(typed).every((word) => names.some((name) => name.startsWith(fold(word)))) ? label : typed.trim()
}
