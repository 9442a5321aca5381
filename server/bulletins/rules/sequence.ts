import { diffArrays } from 'diff'

/** Beyond so many edits two texts have so little in common that comparing them word by word helps nobody. */
const mostEdits = 500

/** Pairs of places at which two lists agree, in order and as many as can be: their longest common subsequence. */
export function commonPlaces(a: readonly string[], b: readonly string[]): [number, number][] {
  const places: [number, number][] = []
  let [i, j] = [0, 0]
  for (const { added, removed, count } of diffArrays([...a], [...b], { maxEditLength: mostEdits }) ?? []) {
    if (!added && !removed) places.push(...Array.from({ length: count }, (_, at): [number, number] => [i + at, j + at]))
    if (!added) i += count
    if (!removed) j += count
  }
  return places
}
