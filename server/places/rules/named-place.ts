import {
  isCapital,
  isNameOrNear,
  isStreetWord,
  type Numbers,
  nearAt,
  numbersAround,
  numberWords,
  type Span,
} from './address.ts'
import { isLandmark } from './kinds.ts'
import type { PlaceKind } from './place.ts'
import { readAddress } from './reading.ts'
import { keyOf, settledWords, type Token } from './words.ts'

/** What a text names: nothing but the name of a place and its numbers. */
export type NamedPlace = {
  kind: Exclude<PlaceKind, 'former_area'>
  /** Of a house or lane, the name of its street. */
  name: string
  key: string
  lanes: string
  number: number | null
  letter: string
}

/** The longest name of a street, in words: "Nguyễn Thị Minh Khai", "Đường ven sông Tô Lịch đoạn Cầu Mới". */
const mostWords = 7

/** The longest name that is kept: marks over letters make a name longer than its key. */
const longest = 200

/** In small letters they mean a person, not the street "Bà Triệu". Nothing is learned from such an address. */
const persons = new Set(
  'ông bà anh chị cô chú bác em cháu nhà tôi mình gia hộ chủ của con ong ba chi nha toi cua ho chu bac'.split(' '),
)
/** These do so with a capital as well, where a name begins with them. */
const titles = new Set('ông bà anh chị cô chú bác cháu tôi mình hộ chủ ong toi cua'.split(' '))
/** And in capitals anywhere: "ĐƯỜNG VÀO NHÀ BÀ HOA". */
const shouted = new Set('ông bà chị cô chú bác cháu'.split(' '))
/** Streets with a title in their name. */
const titled = /^(ba trieu|ba huyen thanh quan|hai ba trung|ong ich (khiem|duong))\b/
const contacts = new Set(['sđt', 'sdt', 'đt', 'dt', 'zalo', 'tel', 'mail'])
/** In two words, because streets are called Kim Liên, Ngô Sĩ Liên and Điện Biên Phủ. */
const contactPairs = new Set(['lien he', 'lien lac', 'dien thoai'])

/**
 * The place that an address names, read strictly: null if it says anything before the place, or speaks of a person.
 * What stands behind the place is not read.
 */
export const placeInAddress = (address: string): NamedPlace | null => strictly(address)?.place ?? null

/** The place that a row of a file names: streets may be lanes, and landmarks may be addresses. */
export function placeOfFile(name: string, kind: 'street' | 'landmark'): NamedPlace | null {
  const plain = name.replace(/\s*[([].*$/, '').trim()
  const read = strictly(plain)
  if (read?.isWhole && read.place.kind === (kind === 'street' ? 'lane' : 'house')) return read.place
  const key = keyOf(plain)
  return key === '' || key.length > 100 || plain.length > longest
    ? null
    : { kind, name: plain, key, lanes: '', number: null, letter: '' }
}

function strictly(address: string): { place: NamedPlace; isWhole: boolean } | null {
  const reading = readAddress(address)
  const { tokens } = reading
  const first = numberedStreet(tokens) ?? reading.phrases[0]
  if (!first) return null
  const span = withNumber(tokens, untilNear(tokens, first))
  const words = tokens.slice(span.from, span.to)
  const isNamedRoad = road.test(words.map(({ word }) => word).join(' '))
  const isBehindKind = isStreetWord(tokens[span.from - 1])
  const hasKind = isBehindKind || isNamedRoad
  if (words.some(speaksOfPerson) || isTitled(words, isCalledStreet(tokens[span.from - 1]))) return null
  if (words.slice(1).some((token) => isNameOrNear(token) && !(isBehindKind && isCapital(token)))) return null
  const { from, to, lanes, ...house } = numbersAround(tokens, span)
  if (!isEmpty(tokens, from) || tokens.slice(0, span.from).some(isLong)) return null
  // "Nguyễn Thị Hoa, ngõ 12" begins with a person: numbers stand behind a name only where it is called a street.
  if (to > span.to && !hasKind) return null
  const key = settledWords(words.map(({ word }) => word).join(' '))
  if (words.length > mostWords || key.length < 2 || key.length > 60 || key === 'to dan pho') return null
  const name = nameOf(tokens, { from: isBehindKind ? span.from - 1 : span.from, to: span.to })
  if (name.length > longest) return null
  const kind = kindOf({ lanes, ...house }, hasKind, key)
  if (!kind) return null
  // A lane begins on its street at the number of the first one.
  const number = kind === 'lane' ? Number.parseInt(lanes[0] ?? '', 10) : house.number
  const place = { kind, name, key, lanes: lanes.join('/'), number, letter: house.letter }
  return (number ?? 0) > highest ? null : { place, isWhole: to === tokens.length }
}

/**
 * In small letters, as in "95 de la thanh canh quan ong hung", such a word ends the place here, and nothing behind it
 * is kept. In capitals it may do so as well, so nothing is learned from such an address.
 */
function untilNear(tokens: readonly Token[], { from, to }: Span): Span {
  const at = tokens.findIndex((token, i) => i > from && i < to && token.text === token.typed && isNameOrNear(token))
  return { from, to: at < 0 ? to : at }
}

/** "Quốc lộ 5 kéo dài", "đại lộ Thăng Long": the word for the road is a part of its name. */
const road = /^(?:(?:quoc|tinh|huong) lo \d|dai lo )/
const numberedRoads = new Set(['quoc lo', 'tinh lo', 'huong lo'])

/** Higher numbers are of something else, and longer ones of telephones. */
const highest = 9999
const isLong = ({ kind, word }: Token) => kind === 'number' && /\d{5}/.test(word)

const speaksOfPerson = ({ text, typed, word }: Token, at: number, words: readonly Token[]): boolean =>
  contacts.has(typed) ||
  contactPairs.has(`${word} ${words[at + 1]?.word}`) ||
  (text === typed && persons.has(typed) && !/^(van hoa|tho|hat)/.test(`${words[at + 1]?.word} ${words[at + 2]?.word}`))

/** "P" may be a ward or a room as well. */
const isCalledStreet = (token: Token | undefined): boolean => isStreetWord(token) && token?.word !== 'p'

/** "12 Bà Hoa" and "SỐ 12 ÔNG HÙNG" speak of persons; "phố Bà Hoa" has the word of a street before it. */
function isTitled(words: readonly Token[], followsStreet: boolean): boolean {
  if (titled.test(words.map(({ word }) => word).join(' '))) return false
  return words.some(({ text, typed }, at) =>
    at === 0
      ? titles.has(typed) && !followsStreet
      : (titles.has(typed) && words[at - 1]?.word === 'nha') || (text === text.toUpperCase() && shouted.has(typed)),
  )
}

function kindOf({ lanes, number }: Numbers, hasKind: boolean, key: string): NamedPlace['kind'] | null {
  if (number !== null) return 'house'
  if (lanes.length > 0) return 'lane'
  if (hasKind) return 'street'
  return isLandmark(key) ? 'landmark' : null
}

/** "Đường 19/5" and "phố 8 tháng 3" have a number for a name; "P. 1205" is a room. */
function numberedStreet(tokens: readonly Token[]): Span | null {
  const at = tokens.findIndex(({ kind }, i) => kind === 'number' && isCalledStreet(tokens[i - 1]))
  if (at < 0) return null
  let to = at + 1
  while (tokens[to] && tokens[to]?.kind !== 'break' && to < at + 3) to += 1
  return { from: at, to }
}

const quarters = new Set(['xom', 'to', 'cum', 'doi', 'khu', 'pho'])

/**
 * "Xã Đàn 2" has its number behind it, where no lane or house of another street follows; "xóm 3 thôn Đoài" has it
 * within.
 */
function withNumber(tokens: readonly Token[], { from, to }: Span): Span {
  if (to - from === 1 && quarters.has(tokens[from]?.word ?? '') && tokens[to + 1]?.kind === 'word') {
    let end = to + 1
    while (tokens[end]?.kind === 'word' && end < to + 5) end += 1
    return { from, to: end }
  }
  const said = tokens.slice(from, to).map(({ word }) => word)
  if (numberedRoads.has(said.join(' ')) && tokens[to]?.kind === 'number') {
    let end = to + 1
    while (tokens[end]?.kind === 'word' && end < to + 3 && nearAt(tokens, end) === 0) end += 1
    return { from, to: end }
  }
  const [number, next] = [tokens[to], tokens[to + 1]]
  const isOwn = number?.kind === 'number' && /^\d{1,2}\p{L}?$/u.test(number.word) && (!next || next.kind === 'break')
  return { from, to: isOwn ? to + 1 : to }
}

/** Whether the words before the place say only that something is near it. */
function isEmpty(tokens: readonly Token[], until: number): boolean {
  for (let at = 0; at < until; ) {
    const near = nearAt(tokens, at)
    if (near === 0 && tokens[at]?.kind !== 'break' && !numberWords.has(tokens[at]?.word ?? '')) return false
    at += Math.max(1, near)
  }
  return true
}

/** The name as it was written, beginning with a capital letter. */
function nameOf(tokens: readonly Token[], { from, to }: Span): string {
  const name = tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join(' ')
  return name.charAt(0).toLocaleUpperCase('vi') + name.slice(1)
}
