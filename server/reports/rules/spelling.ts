/** A word used in reports, and in how many of the sampled ones. */
export type KnownWord = { word: string; reports: number }

const mostCandidates = 4

/**
 * The number of typing errors between two words: an extra letter, a missing one, a wrong one, or two neighbours
 * swapped. Stops counting above `most`.
 */
export function typingErrors(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let errors = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        errors = Math.min(errors, (before[j - 2] as number) + 1)
      }
      next.push(errors)
    }
    if (Math.min(...next) > most) return most + 1
    before = row
    row = next
  }
  return row[b.length] as number
}

/**
 * Known words that a mistyped one may mean: nearest first, then the most used. Short words and numbers are not
 * corrected.
 */
export function likelyWords(word: string, known: Iterable<KnownWord>): string[] {
  if (word.length < 4 || /\d/.test(word)) return []
  const most = word.length < 7 ? 1 : 2
  const near: (KnownWord & { errors: number })[] = []
  for (const candidate of known) {
    if (candidate.word === word) continue
    const errors = typingErrors(word, candidate.word, most)
    if (errors <= most) near.push({ ...candidate, errors })
  }
  near.sort((a, b) => a.errors - b.errors || b.reports - a.reports || (a.word < b.word ? -1 : 1))
  return near.slice(0, mostCandidates).map((candidate) => candidate.word)
}

/**
 * Other spellings for each word of a search that found nothing. Unknown words are taken as mistyped; where all are
 * known, each may be the mistyped one. Null where no word is near.
 */
export function respelled(
  words: readonly string[],
  known: ReadonlyMap<string, number>,
): { words: string[][]; oneAtATime: boolean } | null {
  const vocabulary = [...known].map(([word, reports]) => ({ word, reports }))
  const strange = words.map((word) => !known.has(word))
  if (!strange.includes(true)) {
    const others = words.map((word) => likelyWords(word, vocabulary))
    return others.some((each) => each.length > 0) ? { words: others, oneAtATime: true } : null
  }
  const meant = words.map((word, i) => (strange[i] ? likelyWords(word, vocabulary) : [word]))
  return meant.some((each) => each.length === 0) ? null : { words: meant, oneAtATime: false }
}
