/** Pairs of places at which two lists agree, in order and as many as can be: their longest common subsequence. */
export function commonPlaces(a: readonly string[], b: readonly string[]): [number, number][] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1
    endB -= 1
  }
  const head = Array.from({ length: start }, (_, at): [number, number] => [at, at])
  const tail = Array.from({ length: a.length - endA }, (_, at): [number, number] => [endA + at, endB + at])
  return [...head, ...middlePlaces(a, b, { start, endA, endB }), ...tail]
}

/** Beyond this many cells two texts have so little in common that comparing them word by word helps nobody. */
const mostCells = 4_000_000

type Window = { start: number; endA: number; endB: number }

function middlePlaces(a: readonly string[], b: readonly string[], { start, endA, endB }: Window): [number, number][] {
  const [rows, columns] = [endA - start, endB - start]
  if (rows === 0 || columns === 0 || rows * columns > mostCells) return []
  const width = columns + 1
  const lengths = new Uint16Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[start + i] === b[start + j]
          ? at(lengths, (i + 1) * width + j + 1) + 1
          : Math.max(at(lengths, (i + 1) * width + j), at(lengths, i * width + j + 1))
    }
  }
  const places: [number, number][] = []
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (a[start + i] === b[start + j]) {
      places.push([start + i, start + j])
      i += 1
      j += 1
    } else if (at(lengths, (i + 1) * width + j) >= at(lengths, i * width + j + 1)) i += 1
    else j += 1
  }
  return places
}

const at = (lengths: Uint16Array, place: number): number => lengths[place] ?? 0
