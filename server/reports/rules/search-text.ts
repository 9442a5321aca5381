import { undecodedWords } from '#server/platform/rules/telex.ts'
import { fold } from '#server/platform/rules/text.ts'
import { numberToCome } from './report-code.ts'

/** The search words of a report, in a separate table: `words` is the text form of a `tsvector`. */
export type SearchRow = { words: string }
export type SearchableReport = { code: string; title: string; body: string; address: string }
/** Later texts on a report: the sent answers, the messages exchanged with the citizen, the names of photos. */
export type Said = { answers: readonly string[]; messages: readonly string[]; photos: readonly string[] }
export const nothingSaid: Said = { answers: [], messages: [], photos: [] }

/**
 * A word of a text: folded, and with its tone mark in a normalised place. Both are equal where the word has no marks.
 */
export type SearchWord = { folded: string; accented: string }

const tones = /[\u0300\u0301\u0303\u0309\u0323]/u
const vowel = /[aeiouy]/
/** PostgreSQL stores no position beyond this; later words are found, but not as part of a phrase. */
const lastPosition = 16_383

/**
 * Lower case with marks, the tone moved to the first vowel of its syllable: "hòa" and "hoà" are two spellings of the
 * same word. A prefix is normalised like the whole word, so that half-typed words match.
 */
export function settleMarks(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{L}[\p{L}\p{M}]*/gu, settleSyllable)
    .normalize('NFC')
}

function settleSyllable(syllable: string): string {
  const tone = tones.exec(syllable)?.[0]
  if (!tone) return syllable
  const toneless = syllable.replace(tone, '')
  const at = toneless.search(vowel)
  if (at < 0) return syllable
  const marks = /^[\u0302\u0306\u031b]*/u.exec(toneless.slice(at + 1))?.[0].length ?? 0
  return toneless.slice(0, at + 1 + marks) + tone + toneless.slice(at + 1 + marks)
}

const wordRun = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu

/** A cache: Vietnamese has a few thousand syllables, which are normalised once and not in every report. */
const spelt = new Map<string, SearchWord>()
const mostSpelt = 20_000

function spell(word: string): SearchWord {
  const known = spelt.get(word)
  if (known) return known
  const accented = settleMarks(word)
  const both = { folded: fold(accented), accented }
  if (spelt.size < mostSpelt) spelt.set(word, both)
  return both
}

/** A word of a text where it stands; what was typed in Telex or VNI is decoded. */
export type PlacedWord = SearchWord & { from: number; to: number }

export function placedWords(text: string): PlacedWord[] {
  const decoded = undecodedWords(text)
  return [...text.matchAll(wordRun)].map(({ 0: word, index: from }) => ({
    ...spell((decoded.get(word) ?? word).normalize('NFC')),
    from,
    to: from + word.length,
  }))
}

const longestWord = 100

/** The words of a text: runs of letters and digits, split the same way for the index and the search box. */
export function wordsOf(text: string): SearchWord[] {
  return (text.normalize('NFC').match(wordRun) ?? []).map(spell).filter(({ folded }) => folded.length <= longestWord)
}

/**
 * Words of answers, messages and photos carry a label of PostgreSQL's; those of the report itself have the default,
 * `D`.
 */
const labels = { own: '', photo: 'A', answer: 'B', message: 'C' } as const
type Label = (typeof labels)[keyof typeof labels]
/** `read`: what it says where it was typed in Telex or VNI; then it is found both ways. */
type StoredWord = { typed: SearchWord; read: SearchWord | null }
type Part = { words: StoredWord[]; label: Label }

const partsOf = (texts: readonly string[], label: Label): Part[] =>
  texts.map((text) => ({ words: storedWordsOf(text), label }))

function storedWordsOf(text: string): StoredWord[] {
  const composed = text.normalize('NFC')
  const decoded = undecodedWords(composed)
  return (composed.match(wordRun) ?? [])
    .map((word) => ({ typed: spell(word), read: decoded.has(word) ? spell(decoded.get(word) ?? word) : null }))
    .filter(({ typed }) => typed.folded.length <= longestWord)
}

/** The row of `report_search` for a report; written by the demo city and by every command that adds to its words. */
export function searchRowOf(
  { code, title, body, address }: SearchableReport,
  { answers, messages, photos }: Said,
): SearchRow {
  const own = [{ words: wordsOfCode(code), label: labels.own }, ...partsOf([title, body, address], labels.own)]
  const said = [...partsOf(answers, labels.answer), ...partsOf(messages, labels.message)]
  return { words: lexemesOf([...own, ...said, ...partsOf(photos.map(bareName), labels.photo)]) }
}

/** A number that is still to come is a word of the code, too. */
function wordsOfCode(code: string): StoredWord[] {
  const words = wordsOf(code.replace(/^HN-/i, ''))
  const toCome = code.endsWith(numberToCome) ? [{ folded: numberToCome, accented: numberToCome }] : []
  return [...words, ...toCome].map((typed) => ({ typed, read: null }))
}

/** The name of a file without its extension, which says nothing about it. */
const bareName = (name: string): string => name.replace(/\.\w{1,5}$/, '')

/** The text of an answer, all its parts together. */
export const answerText = (answer: { what: string; whereDone?: string; whenDone?: string; next?: string }): string =>
  [answer.what, answer.whereDone, answer.whenDone, answer.next].filter(Boolean).join('\n')

/** An internal note is indexed separately, because not everyone who sees the report may read it. */
export const noteWords = (body: string): string => lexemesOf(partsOf([body], labels.own))

/** All spellings of a word have the same position; between the parts is a gap that no phrase crosses. */
function lexemesOf(parts: Part[]): string {
  const places = new Map<string, string[]>()
  const put = (word: string, place: string) => {
    const known = places.get(word)
    if (!known) places.set(word, [place])
    else if (known.length < 255 && known.at(-1) !== place) known.push(place)
  }
  let position = 0
  for (const { words, label } of parts) {
    for (const { typed, read } of words) {
      position = Math.min(lastPosition, position + 1)
      for (const { folded, accented } of read ? [typed, read] : [typed]) {
        put(folded, `${position}${label}`)
        if (accented !== folded) put(accented, `${position}${label}`)
      }
    }
    position += 8
  }
  return [...places].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ')
}
