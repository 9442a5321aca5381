import {
  areasIn,
  isCrossingAt,
  isNameOrNear,
  isStreetWord,
  type NamedArea,
  nearAt,
  numberWords,
  type Span,
} from './address.ts'
import { isBareKind } from './kinds.ts'
import { settledWords, type Token, tokensOf } from './words.ts'

/** An address, prepared for looking up: which names may stand where in it. */
export type Reading = {
  tokens: readonly Token[]
  areas: readonly NamedArea[]
  /** Every run of words that may be a name, with the places where it stands. */
  names: ReadonlyMap<string, readonly Span[]>
  /** Every number in it, of houses and of lanes. */
  numbers: readonly number[]
  /** What is probably the name of the street or landmark, in the order of the text: for names that are misspelt. */
  phrases: readonly Phrase[]
  /** It speaks of where streets meet. */
  isCrossing: boolean
}
export type Phrase = Span & { words: string }

const longestName = 12
const mostTokens = 60
const mostPhrases = 4

export function readAddress(text: string): Reading {
  const tokens = tokensOf(text).slice(0, mostTokens)
  const areas = areasIn(tokens)
  const isCrossing = tokens.some((_, at) => isCrossingAt(tokens, at))
  const phrases = phrasesIn(tokens, areas)
  return { tokens, areas, names: namesIn(tokens), numbers: numbersIn(tokens), phrases, isCrossing }
}

function namesIn(tokens: readonly Token[]): Map<string, Span[]> {
  const names = new Map<string, Span[]>()
  for (let from = 0; from < tokens.length; from += 1) {
    const words: string[] = []
    for (let to = from + 1; to <= tokens.length && words.length < longestName; to += 1) {
      const token = tokens[to - 1] as Token
      // Names of schools have dashes in them.
      if (token.kind === 'break' && /^[-–—]$/.test(token.typed) && words.length > 0) continue
      if (token.kind === 'break') break
      words.push(token.word)
      if (words.length === 1 && token.kind === 'number' && !isStreetWord(tokens[from - 1])) continue
      const name = settledWords(words.join(' '))
      if (name.length < 2 || name.length > 100) continue
      const spans = names.get(name)
      if (spans) spans.push({ from, to })
      else names.set(name, [{ from, to }])
    }
  }
  return names
}

function numbersIn(tokens: readonly Token[]): number[] {
  const parts = tokens.flatMap(({ kind, word }) => (kind === 'number' ? word.split('/') : []))
  const numbers = parts.map((part) => Number.parseInt(part, 10)).filter((number) => number <= 99_999)
  return [...new Set(numbers)].slice(0, 20)
}

/** The words between numbers, separators and words such as "gần", outside the wards and districts. */
function phrasesIn(tokens: readonly Token[], areas: readonly NamedArea[]): Phrase[] {
  const phrases: Phrase[] = []
  const isOfArea = (at: number) => areas.some(({ from, to }) => at >= from && at < to)
  for (let at = 0; at < tokens.length; ) {
    const from = at
    while (at < tokens.length && tokens[at]?.kind === 'word' && !isOfArea(at) && !endsName(tokens, at, from)) at += 1
    if (at > from) phrases.push({ from, to: at, words: settledWords(wordsOf(tokens, from, at)) })
    else at += 1
  }
  return phrases.filter(({ words }) => words.length > 2 && words.length <= 60).slice(0, mostPhrases)
}

const wordsOf = (tokens: readonly Token[], from: number, to: number) =>
  tokens
    .slice(from, to)
    .map(({ word }) => word)
    .join(' ')

/**
 * "đường", "số", "ngõ" stand before a name; "gần", "đối diện" before it or after it. Within a name, "canh" is more
 * likely a word of it than "cạnh", unless a number follows.
 */
function endsName(tokens: readonly Token[], at: number, from: number): boolean {
  const token = tokens[at] as Token
  const { word } = token
  const next = tokens[at + 1]
  const isBeforeNumber = next?.kind === 'number' || (next !== undefined && numberWords.has(next.word))
  if (numberWords.has(word) && isBeforeNumber) return true
  if (isNameOrNear(token) && at > from && !isBeforeNumber) return nearAt(tokens, at - 1) === 2
  if (nearAt(tokens, at) > 0 || nearAt(tokens, at - 1) === 2) return true
  return at === from && isStreetWord(token) && !(isStreetWord(tokens[at - 1]) && word === tokens[at - 1]?.word)
}

const fewestWords = 2
const mostWords = 4
const mostWindows = 6

/**
 * Runs of words that may be a misspelt name: the phrases, and of long ones, which say something else as well, every
 * few words. What is mostly common words is not asked for: it is like too many names.
 */
export function guessesIn({ phrases }: Reading, common: ReadonlySet<string>): Phrase[] {
  const guesses = phrases.slice(0, 2).flatMap((phrase) => {
    const words = phrase.words.split(' ')
    // Where words were settled, their places in the address are no longer known.
    if (words.length <= fewestWords || words.length !== phrase.to - phrase.from) return [phrase]
    const windows: Phrase[] = words.length <= 6 ? [phrase] : []
    for (let length = Math.min(mostWords, words.length - 1); length >= fewestWords; length -= 1) {
      for (let at = 0; at + length <= words.length; at += 1) {
        const from = phrase.from + at
        windows.push({ from, to: from + length, words: words.slice(at, at + length).join(' ') })
      }
    }
    return windows
  })
  const seen = new Set<string>()
  return guesses
    .filter(({ words }) => !isBareKind(words) && !isMostly(common, words) && !seen.has(words) && seen.add(words))
    .slice(0, mostWindows)
}

/** Whether more than half of the letters are of such words. */
function isMostly(common: ReadonlySet<string>, phrase: string): boolean {
  const lengths = phrase.split(' ').map((word) => (common.has(word) ? word.length + 1 : -word.length - 1))
  return lengths.reduce((sum, length) => sum + length, 0) > 0
}
