/** Text in NFC, as everything is stored, without NUL and with lone surrogates replaced. Nothing else is changed. */
export const normalise = (value: string): string => value.toWellFormed().normalize('NFC').replaceAll('\u0000', '')

/**
 * Folds for search: diacritics removed, đ→d, lower case. "Cây đổ", "CAY DO" and their decomposed forms fold alike.
 * The database has the same function as `fold_text`.
 */
export function fold(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase()
}

/** "hoà" and "hòa" are the same word: here its tone mark stands on the first vowel. Text in NFC. */
export const withToneSettled = (value: string): string =>
  value
    .normalize('NFD')
    .replace(/(?<=o)([ae])([\u0300\u0301\u0303\u0309\u0323])(?![\p{L}\p{M}])/giu, '$2$1')
    .replace(/(?<=(?<!q)u)(y)([\u0300\u0301\u0303\u0309\u0323])(?![\p{L}\p{M}])/giu, '$2$1')
    .normalize('NFC')

/** The words of a text in lower case with their diacritics; characters between them are dropped. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** The given name of a Vietnamese person, by which lists of people are sorted: the last word. */
export function givenNameOf(name: string): string {
  return fold(name.trim().split(/\s+/).at(-1) ?? '')
}

/** Characters that XML cannot represent. */
const unsayable = /[\uFFFE\uFFFF]/g

/** One typed or pasted line: line breaks and control characters become blanks. */
export const typedLine = (value: string): string =>
  oneLine(normalise(value)).replace(unsayable, '').replace(/\s+/g, ' ').trim()

/** The same for several lines: line breaks of any program are kept. */
export const typedLines = (value: string): string =>
  normalise(value)
    .replace(unsayable, '')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]+/gu, ' ')
    .trim()

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text escaped for HTML, between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] as string)

/** A text for one line of a mail header: without line breaks, which could start another header. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
