import { decodeTelex } from '#server/platform/rules/telex.ts'
import { typedCode, withoutCodeOperator } from './report-code.ts'
import { type SearchWord, wordsOf } from './search-text.ts'

/** What is searched for: words that must all occur, phrases that must occur whole, or one code. */
export type ParsedQuery = {
  words: readonly SearchWord[]
  phrases: readonly (readonly SearchWord[])[]
  /** Whether the last word may be only the beginning of one. */
  openEnded: boolean
  /** A complete code: `HN-240907-0113`. */
  code: string | null
  /** What was typed in Telex or VNI, decoded, and searched for so; null where nothing was. */
  readAs: string | null
}

const mostWords = 12
/** Parses the text of the search box, without its operators; null where it contains nothing to search for. */
export function parseSearchQuery(typed: string): ParsedQuery | null {
  const written = withoutCodeOperator(typed)
  const text = decodeTelex(written)
  const quoted = [...text.matchAll(/["“”]([^"“”]*)["“”]?/g)].map(([, phrase = '']) => wordsOf(phrase))
  const loose = text.replace(/["“”][^"“”]*["“”]?/g, ' ')
  const words = wordsOf(withoutCity(loose))
  const parsedQuery: ParsedQuery = {
    words: words.slice(0, mostWords),
    phrases: quoted.filter((phrase) => phrase.length > 0).slice(0, 4),
    openEnded: words.length > 0 && words.length <= mostWords,
    code: typedCode(typed),
    readAs: text === written ? null : text.trim(),
  }
  return parsedQuery.words.length + parsedQuery.phrases.length > 0 ? parsedQuery : null
}

/** Every code begins with the city's letters, so they do not distinguish reports. */
const withoutCity = (text: string) => text.replace(/\bHN-(?=\d)/gi, '')

type Spelling = (word: SearchWord) => string
const folded: Spelling = (word) => word.folded
const accented: Spelling = (word) => word.accented

/** The text form of a `tsquery` over folded words: matches with or without accents. */
export const foldedQuery = (parsedQuery: ParsedQuery): string => queryOf(parsedQuery, folded)

/** The same over the words as typed; null where none has an accent. It finds a subset of the folded query. */
export const accentedQuery = (parsedQuery: ParsedQuery): string | null =>
  isAccented(parsedQuery) ? queryOf(parsedQuery, accented) : null

/** Like the folded query, but the last word matches as a prefix. */
export const beginningsQuery = (parsedQuery: ParsedQuery): string => `${queryOf(parsedQuery, folded)}:*`

const isAccented = ({ words, phrases }: ParsedQuery): boolean =>
  [...words, ...phrases.flat()].some((word) => word.folded !== word.accented)

function queryOf({ words, phrases }: ParsedQuery, spelling: Spelling): string {
  // Loose words last: only the last term may match as a prefix.
  return [...phrases.map((phrase) => adjacent(phrase, spelling)), ...words.map((word) => `'${spelling(word)}'`)].join(
    ' & ',
  )
}

const adjacent = (words: readonly SearchWord[], spelling: Spelling): string =>
  `(${words.map((word) => `'${spelling(word)}'`).join(' <-> ')})`

/** Up to this share of all reports is checked one by one. */
const smallShare = 0.0001
const mostRarest = 3

/**
 * The two or three rarest of the words, as a separate query: it finds what the folded query finds and a little more,
 * but faster, because the index need not scan the long lists of frequent words. Null where it would not be much
 * shorter, or not rare. `shares`: the share of all reports that contain a word, for the common words.
 */
export function rarestQuery(parsedQuery: ParsedQuery, shares: ReadonlyMap<string, number>): string | null {
  const least = Math.min(...shares.values())
  const words = [...new Set(foldedWords(parsedQuery))]
    .map((word) => ({ word, share: shares.get(word) ?? least }))
    .sort((a, b) => a.share - b.share)
  if (shares.size === 0) return null
  const expected = (count: number) => words.slice(0, count).reduce((share, word) => share * word.share, 1)
  const enough = [2, mostRarest].find((count) => expected(count) <= smallShare)
  if (enough === undefined || enough >= words.length) return null
  const rarest = words.slice(0, enough)
  return rarest.map(({ word }) => `'${word}'`).join(' & ')
}

/**
 * Better matches first: the words adjacent as typed, adjacent folded, anywhere as typed. Matches of none of these come
 * last.
 */
export function rankingQueries(parsedQuery: ParsedQuery): string[] {
  const { words } = parsedQuery
  const isTyped = isAccented(parsedQuery)
  const sideBySide = words.length > 1
  return [
    ...(sideBySide && isTyped ? [adjacent(words, accented)] : []),
    ...(sideBySide ? [adjacent(words, folded)] : []),
    ...(isTyped ? [queryOf(parsedQuery, accented)] : []),
  ]
}

/** The same query, matched only by the report's own words and not by later texts on it. */
export const byOwnWords = (query: string): string =>
  query.replace(/('[^']*')(:\*)?/g, (_, word: string, open?: string) => `${word}:${open ? '*' : ''}D`)

/** Each word in one of its spellings; or, `oneAtATime`, all as typed but one. */
export function respelledQuery(
  typed: readonly string[],
  { words, oneAtATime }: { words: readonly (readonly string[])[]; oneAtATime: boolean },
): string {
  const anyOf = (spellings: readonly string[]) => `(${spellings.map((word) => `'${word}'`).join(' | ')})`
  if (!oneAtATime) return words.map(anyOf).join(' & ')
  return words
    .map((spellings, i) =>
      spellings.length === 0
        ? null
        : `(${typed.map((word, j) => (i === j ? anyOf(spellings) : `'${word}'`)).join(' & ')})`,
    )
    .filter((each) => each !== null)
    .join(' | ')
}

/** Every word of a search, those of phrases too, folded: the input of the spelling correction. */
export const foldedWords = ({ words, phrases }: ParsedQuery): string[] => [...phrases.flat(), ...words].map(folded)
