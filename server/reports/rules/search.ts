import { type SearchWord, wordsOf } from './search-text.ts'

/** What is looked for: words that must all occur, phrases that must occur whole, or one code. */
export type ParsedQuery = {
  words: readonly SearchWord[]
  phrases: readonly (readonly SearchWord[])[]
  /** There is a last word of which the beginning may be enough. */
  openEnded: boolean
  /** A whole code: `HN-240907-0113`. */
  code: string | null
}

const mostWords = 12
const wholeCode = /^(?:hn-?)?(\d{6})-?(\d{4,6})$/i

/** Reads what was typed into the search box, operators already taken out; null where nothing can be looked for. */
export function parseSearchQuery(text: string): ParsedQuery | null {
  const code = wholeCode.exec(text.trim())
  const quoted = [...text.matchAll(/["“”]([^"“”]*)["“”]?/g)].map(([, phrase = '']) => wordsOf(phrase))
  const loose = text.replace(/["“”][^"“”]*["“”]?/g, ' ')
  const words = wordsOf(withoutCity(loose))
  const parsedQuery: ParsedQuery = {
    words: words.slice(0, mostWords),
    phrases: quoted.filter((phrase) => phrase.length > 0).slice(0, 4),
    openEnded: words.length > 0 && words.length <= mostWords,
    code: code ? `HN-${code[1]}-${code[2]}` : null,
  }
  return parsedQuery.words.length + parsedQuery.phrases.length > 0 ? parsedQuery : null
}

/** Codes begin with the city's letters, which every report has and so tell nothing apart. */
const withoutCity = (text: string) => text.replace(/\bHN-(?=\d)/gi, '')

type Spelling = (word: SearchWord) => string
const folded: Spelling = (word) => word.folded
const accented: Spelling = (word) => word.accented

/** The text form of a `tsquery` over folded words: finds whatever was typed without accents. */
export const foldedQuery = (parsedQuery: ParsedQuery): string => queryOf(parsedQuery, folded)

/**
 * The same over the words as typed; null where nothing carried an accent. It finds a part of what the folded one finds.
 */
export const accentedQuery = (parsedQuery: ParsedQuery): string | null =>
  isAccented(parsedQuery) ? queryOf(parsedQuery, accented) : null

/** As the folded query, with the beginning of the last word enough. */
export const beginningsQuery = (parsedQuery: ParsedQuery): string => `${queryOf(parsedQuery, folded)}:*`

const isAccented = ({ words, phrases }: ParsedQuery): boolean =>
  [...words, ...phrases.flat()].some((word) => word.folded !== word.accented)

function queryOf({ words, phrases }: ParsedQuery, spelling: Spelling): string {
  // Loose words last: only a loose word may be left open.
  return [...phrases.map((phrase) => adjacent(phrase, spelling)), ...words.map((word) => `'${spelling(word)}'`)].join(
    ' & ',
  )
}

const adjacent = (words: readonly SearchWord[], spelling: Spelling): string =>
  `(${words.map((word) => `'${spelling(word)}'`).join(' <-> ')})`

/** So small a share of all reports is looked at one by one. */
const smallShare = 0.0001
const mostRarest = 3

/**
 * The two or three rarest of the words, as a query of its own: it finds what the folded query finds and a little more,
 * but sooner, for the index need not go through the lists of words that stand everywhere. Null where it would not be
 * much shorter, or not rare. `shares`: in what share of all reports a word stands, of the common ones.
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
 * Better matches first: the words side by side as typed, side by side folded, anywhere as typed. What fits none comes
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

/** The same query, fulfilled by the report's own words alone and not by what was said on it since. */
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

/** Every word of a search, phrases taken apart, folded: what the spelling is looked at by. */
export const foldedWords = ({ words, phrases }: ParsedQuery): string[] => [...phrases.flat(), ...words].map(folded)
