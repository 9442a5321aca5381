import { fold } from '#server/platform/rules/text.ts'

/** A word of an address, a number with its letter and slashes (`12A/5`), or what separates two parts. */
export type Token = {
  kind: 'word' | 'number' | 'break'
  text: string
  /** The same in lower case. */
  typed: string
  /** Folded, and written out where it was an abbreviation. */
  word: string
}

/** A number is never divided: of "12bis" it is 12. */
const pieces =
  /\d+(?!\d)\p{L}?(?![\p{L}\p{M}])(?:\s?\/\s?\d+(?!\d)\p{L}?(?![\p{L}\p{M}]))*|\d+|[\p{L}\p{M}]+|[,;:()\n|]|\s[-–—]+\s|[-–—]/gu

/** What people shorten, also in names of places: both are written out, so that they meet. */
const shortened: ReadonlyMap<string, string> = mapOf({
  bv: 'benh vien',
  dh: 'dai hoc',
  hv: 'hoc vien',
  cc: 'chung cu',
  tttm: 'trung tam thuong mai',
  kdt: 'khu do thi',
  ktt: 'khu tap the',
  kcn: 'khu cong nghiep',
  bx: 'ben xe',
  ql: 'quoc lo',
  tl: 'tinh lo',
  vd: 'vanh dai',
  ubnd: 'uy ban nhan dan',
  tdp: 'to dan pho',
  svd: 'san van dong',
  sn: 'so nha',
  hn: 'ha noi',
  ngq: 'nguyen',
  ngx: 'nguyen',
  ngyen: 'nguyen',
})

/** Abbreviations that mean this only before a word, not before a number. */
const beforeWord: ReadonlyMap<string, string> = mapOf({
  ng: 'nguyen',
  tr: 'tran',
  d: 'duong',
  cv: 'cong vien',
  st: 'sieu thi',
})
const beforeNumber = mapOf({ ng: 'ngo', n: 'ngo', s: 'so', so: 'so', d: 'duong' })

/** "constructor" is a word like any other: of an object it would be a member. */
function mapOf(words: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(words))
}

/** Several words that are better known by one, and what is left out of names of schools. */
const said: readonly (readonly [RegExp, string])[] = [
  [/\btrung hoc pho thong\b/g, 'thpt'],
  [/\btrung hoc co so\b/g, 'thcs'],
  [/\bptth\b/g, 'thpt'],
  [/\bptcs\b/g, 'thcs'],
  [/\btruong (?:th|tieu hoc)\b/g, 'tieu hoc'],
  [/\btruong (?:mn|mam non|mau giao)\b/g, 'mam non'],
  [/\btruong (?=dai hoc|cao dang|thpt|thcs|trung cap|hoc vien)/g, ''],
]

const unsettled = /trung hoc|pt(?:th|cs)|truong/

/** The words of an address. */
export function tokensOf(text: string): Token[] {
  const found = [...text.normalize('NFC').matchAll(pieces)].map(([text]): Token => {
    const piece = text.toLowerCase()
    if (/^\d/.test(piece)) return { kind: 'number', text, typed: piece, word: fold(piece).replaceAll(/\s/g, '') }
    if (/^[\p{L}\p{M}]/u.test(piece)) return { kind: 'word', text, typed: piece, word: fold(piece) }
    return { kind: 'break', text, typed: piece.trim(), word: '' }
  })
  return found.flatMap((token, at): Token[] => {
    if (token.kind !== 'word') return [token]
    const next = found[at + 1]?.kind
    const long =
      (next === 'word' && beforeWord.get(token.word)) ||
      (next === 'number' && beforeNumber.get(token.word)) ||
      shortened.get(token.word)
    if (!long) return [token]
    return long.split(' ').map((word) => ({ kind: 'word', text: word, typed: word, word }))
  })
}

/** Words by which places are looked up, so that both sides write schools the same way. */
export function settledWords(words: string): string {
  if (!unsettled.test(words)) return words
  let settled = words
  for (const [pattern, instead] of said) settled = settled.replace(pattern, instead)
  return settled.replace(/\s+/g, ' ').trim()
}

/** "Phó Đức Chính" and "Dương Văn Bé" begin with no kind of street. */
const kindsOfStreets = new Set(['đường', 'duong', 'phố', 'pho'])

/** The words of a name without what kind of street it is: the same for "Phố Huế", "phố huế" and "Hue". */
export function keyOf(name: string): string {
  const words = tokensOf(name).filter(({ kind }) => kind !== 'break')
  let first: Token | undefined
  while (words.length > 1 && kindsOfStreets.has(words[0]?.typed ?? '') && words[0]?.word !== first?.word) {
    first = words.shift()
  }
  return settledWords(words.map(({ word }) => word).join(' '))
}
