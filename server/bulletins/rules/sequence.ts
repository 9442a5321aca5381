import { diffArrays } from 'diff'

/** Beyond this number of edits two texts have so little in common that a comparison word by word is useless. */
const mostEdits = 500

/** Pairs of indexes at which two lists agree, in order and as many as possible: their longest common subsequence. */
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
