import type { Span } from './address.ts'
import { isLandmark, ownWordsOf } from './kinds.ts'
import type { Reading } from './reading.ts'
import { settledWords } from './words.ts'

/** The words of known names, with what is left of each without one letter: by that, words one slip apart meet. */
export type Spelling = { words: ReadonlySet<string>; shortened: ReadonlyMap<string, readonly string[]> }

export function spellingOf(words: Iterable<string>): Spelling {
  const known = new Set(words)
  const shortened = new Map<string, string[]>()
  for (const word of known) {
    for (const rest of withoutOneLetter(word)) {
      const sharing = shortened.get(rest)
      if (sharing) sharing.push(word)
      else shortened.set(rest, [word])
    }
  }
  return { words: known, shortened }
}

/** The word itself, and what remains when one of its letters is left out. */
function withoutOneLetter(word: string): Set<string> {
  const rests = new Set([word])
  if (word.length < 2 || word.length > 12) return rests
  for (let at = 0; at < word.length; at += 1) rests.add(word.slice(0, at) + word.slice(at + 1))
  return rests
}

/** A word of fewer letters is one slip away from too many others. */
const shortest = 3
const mostLike = 6
const mostNames = 400
const longestName = 6

/** Known words that are one slip away: a letter too many or too few, another one, or two swapped. */
export function wordsLike(word: string, { shortened }: Spelling): string[] {
  const found = new Set<string>()
  if (word.length < shortest || /\d/.test(word)) return []
  for (const rest of withoutOneLetter(word)) {
    for (const like of shortened.get(rest) ?? []) if (like !== word && isOneSlip(word, like)) found.add(like)
  }
  return [...found]
    .sort((a, b) => Math.abs(a.length - word.length) - Math.abs(b.length - word.length))
    .slice(0, mostLike)
}

/** Whether two words are one slip apart. Without one letter each, words two slips apart may be the same, too. */
export function isOneSlip(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (Math.max(left.length, right.length) <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}

/** Names that may be meant where a word is misspelt, with where they stand. Only the first names of an address. */
export function respelt({ phrases, tokens }: Reading, spelling: Spelling): Map<string, Span[]> {
  const names = new Map<string, Span[]>()
  for (const phrase of phrases.slice(0, 2)) {
    const words = tokens.slice(phrase.from, phrase.to).map(({ word }) => word)
    const unknown = words.filter((word) => !spelling.words.has(word))
    // A landmark of known words is called so: a market of almost that name is another one.
    if (unknown.length === 0 && isLandmark(phrase.words)) continue
    const ways = words.map((word) =>
      spelling.words.has(word) && unknown.length > 0 ? [word] : [word, ...wordsLike(word, spelling)],
    )
    for (let from = 0; from < ways.length; from += 1) {
      for (let to = from + 1; to <= Math.min(ways.length, from + longestName); to += 1) {
        for (const name of namesFrom(ways.slice(from, to))) {
          if (names.size >= mostNames) return names
          if (name === words.slice(from, to).join(' ')) continue
          names.set(settledWords(name), [
            ...(names.get(name) ?? []),
            { from: phrase.from + from, to: phrase.from + to },
          ])
        }
      }
    }
  }
  return names
}

/** Whether a landmark may be the one that was typed: but for slips, the own words of one are among the other's. */
export function isLikeLandmark(key: string, typed: string): boolean {
  const [one, other] = [ownWordsOf(key), ownWordsOf(typed)]
  const isAmong = (words: readonly string[], all: readonly string[]) =>
    words.every((word) => all.some((each) => each === word || isOneSlip(each, word)))
  return isAmong(one, other) || isAmong(other, one)
}

/** Every name that one way of each word makes: at most two words differ from what was typed. */
function namesFrom(ways: readonly (readonly string[])[]): string[] {
  let names = [{ name: '', changed: 0 }]
  for (const way of ways) {
    names = names.flatMap(({ name, changed }) =>
      way.flatMap((word, at) => {
        const changes = changed + (at > 0 ? 1 : 0)
        return changes > 2 ? [] : [{ name: name === '' ? word : `${name} ${word}`, changed: changes }]
      }),
    )
  }
  return names.map(({ name }) => name)
}
