import type { Token } from './words.ts'

/** The numbers of an address, as they lead from the street to the door. */
export type Numbers = {
  /** Of the lanes from the street inwards: "ngách 12/5" is `['12', '5']`. */
  lanes: readonly string[]
  /** Of the house; null if only a lane or a street is named. */
  number: number | null
  letter: string
}

/** Where in an address something stands. */
export type Span = { from: number; to: number }

const laneWords = new Set(['ngo', 'ngach', 'hem', 'kiet'])
const streetWords = new Set(['duong', 'pho', 'p'])
/** Without their marks, names are written like words for a street: "Phó Đức Chính", "Dương Văn Bé". */
const namesLikeStreets = new Set(['phó', 'dương'])

/** Whether a word says that a name of a street follows. */
export const isStreetWord = (token: Token | undefined): boolean =>
  token !== undefined && streetWords.has(token.word) && !namesLikeStreets.has(token.typed)
const houseWords = new Set(['so', 'nha'])
export const numberWords: ReadonlySet<string> = new Set([...laneWords, ...houseWords])

/** Near what the place is, or where streets meet. The place itself is not far. */
const nearWords = new Set(
  `gần gan trước truoc cửa cổng cạnh canh đầu dau cuối cuoi sau ở tại tai trong ngoài ngay phía phia vỉa hè nút giao góc
   cắt và`.split(/\s+/),
)
/** Without their accents, words of names are written like these: Cảnh, Sáu, Đậu, Tài. */
const namesOrNear = new Set(['canh', 'sau', 'dau', 'tai'])
const nearPairs = new Set(['doi dien', 'nga ba', 'nga tu', 'nga nam', 'nga sau'])

const crossingWords = new Set(['giao', 'nút', 'góc', 'cắt'])

/** Whether these words say that streets meet: "ngã tư", "ngã ba", "nút giao". */
export function isCrossingAt(tokens: readonly Token[], at: number): boolean {
  const { word = '', typed = '' } = tokens[at] ?? {}
  return crossingWords.has(typed) || /^nga (ba|tu|nam|sau)$/.test(`${word} ${tokens[at + 1]?.word}`)
}

/** How many words say here that the place is near what they stand beside: "gần", "đối diện", "ngã tư"; else 0. */
export function nearAt(tokens: readonly Token[], at: number): number {
  const token = tokens[at]
  if (token?.kind !== 'word') return 0
  if (nearPairs.has(`${token.word} ${tokens[at + 1]?.word ?? ''}`)) return 2
  if (beginsName(tokens, at)) return 0
  return nearWords.has(token.typed) ? 1 : 0
}

/** Whether a word that may say "near" may be one of a name as well. */
export const isNameOrNear = ({ kind, typed }: Token): boolean => kind === 'word' && namesOrNear.has(typed)

/** With a capital letter, and not all in capitals: "Canh". */
export const isCapital = ({ text, typed }: Token): boolean => text !== typed && text !== text.toUpperCase()

/** "phố Cửa Nam", "đường Canh Nậu" behind the word for a street; "12 Cửa Bắc" behind nothing that says "near". */
function beginsName(tokens: readonly Token[], at: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]]
  if (!token || next?.kind !== 'word') return false
  if (namesOrNear.has(token.typed)) return isStreetWord(before) && isCapital(token)
  if (token.typed !== 'cửa' || /^(hang|nha)$/.test(next.word)) return false
  if (isStreetWord(before)) return true
  return token.text !== token.typed && next.text !== next.typed && !(before && nearWords.has(before.typed))
}

const isNumber = (token: Token | undefined): token is Token => token?.kind === 'number'
const partsOf = (token: Token): string[] => token.word.split('/')

/** The numbers beside a name: those before it ("số 5 ngách 3 ngõ 12 phố Đội Cấn"), otherwise those after it. */
export function numbersAround(tokens: readonly Token[], { from, to }: Span): Numbers & Span {
  const before = numbersBefore(tokens, from)
  if (before.houses.length + before.lanes.length > 0) {
    return { ...numbersOf(before.houses, before.lanes.toReversed()), from: before.at, to }
  }
  const after = numbersAfter(tokens, to)
  return { ...numbersOf(after.houses, after.lanes), from: before.at, to: after.at }
}

type Read = { houses: string[][]; lanes: string[][]; at: number }

/** Reads leftwards from the name. `lanes` are in the order of the text. */
function numbersBefore(tokens: readonly Token[], from: number): Read {
  const read: Read = { houses: [], lanes: [], at: from }
  let at = from - 1
  if (isStreetWord(tokens[at])) {
    read.at = at
    at -= 1
  }
  for (;;) {
    const start = at
    if (tokens[at]?.kind === 'break') at -= 1
    const token = tokens[at]
    if (!isNumber(token)) break
    const word = tokens[at - 1]?.word ?? ''
    if (laneWords.has(word)) {
      read.lanes.unshift(partsOf(token))
      at -= 2
    } else if (
      read.houses.length === 0 &&
      (start === at || at === 0 || houseWords.has(word) || read.lanes.length > 0)
    ) {
      read.houses.push(partsOf(token))
      at -= 1
      while (houseWords.has(tokens[at]?.word ?? '')) at -= 1
    } else break
    read.at = at + 1
    if (read.houses.length > 0) break
    // "ngõ 12 phố", and "trong ngõ", "đầu ngõ" before a lane.
    while (nearAt(tokens, at) > 0 && laneWords.has(tokens[at + 1]?.word ?? '')) at -= 1
  }
  return read
}

/** Reads rightwards: "Đội Cấn, ngõ 12, số 5". A number alone belongs to what follows it, so it needs its word here. */
function numbersAfter(tokens: readonly Token[], to: number): Read {
  const read: Read = { houses: [], lanes: [], at: to }
  for (let at = to; ; ) {
    while (tokens[at]?.kind === 'break' || nearAt(tokens, at) > 0) at += 1
    const word = tokens[at]?.word ?? ''
    const next = houseWords.has(word) && houseWords.has(tokens[at + 1]?.word ?? '') ? at + 2 : at + 1
    const number = tokens[next]
    if (!isNumber(number)) return read
    if (laneWords.has(word)) read.lanes.push(partsOf(number))
    else if (houseWords.has(word) && read.houses.length === 0) read.houses.push(partsOf(number))
    else return read
    at = next + 1
    read.at = at
  }
}

/** Longer numbers are of telephones. */
const highest = 99_999

/** `lanes` from the street inwards; a lane may repeat those before it ("ngách 12/5 ngõ 12"). */
function numbersOf(houses: readonly string[][], lanes: readonly string[][]): Numbers {
  let path: string[] = []
  if (lanes.flat().some((part) => Number.parseInt(part, 10) > highest)) return { lanes: [], number: null, letter: '' }
  for (const lane of lanes) path = follows(lane, path) ? lane : [...path, ...lane]
  const house = houses[0]
  if (!house) return { lanes: path, number: null, letter: '' }
  const whole = follows(house, path) ? house : [...path, ...house]
  const [, digits = '', letter = ''] = /^(\d+)(\p{L}?)$/u.exec(whole.at(-1) ?? '') ?? []
  const number = Number(digits)
  if (digits === '' || whole.some((part) => Number.parseInt(part, 10) > highest))
    return { lanes: path, number: null, letter: '' }
  return { lanes: whole.slice(0, -1), number, letter }
}

const follows = (path: readonly string[], start: readonly string[]) =>
  path.length > start.length && start.every((part, at) => part === path[at])

/** A ward or district that an address names: "P. Láng Thượng", "quận Đống Đa", "huyện Gia Lâm". */
export type NamedArea = Span & { key: string }

const short = new Set(['p', 'q', 'h', 'x', 'tx', 'tt', 'tp'])
const accented = new Set(['phường', 'quận', 'huyện', 'xã'])
const plain = new Set(['phuong', 'quan', 'huyen', 'xa'])
const cities = new Set(['ha noi', 'viet nam', 'thu do'])

/** The wards and districts that an address names by their kind. */
export function areasIn(tokens: readonly Token[]): NamedArea[] {
  const isPlain = tokens.every(({ typed, word }) => typed === word || word === '')
  const areas: NamedArea[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const length = kindOfArea(tokens, at, isPlain)
    if (length === 0) continue
    const words: string[] = []
    let to = at + length
    for (; to < tokens.length && words.length < 4; to += 1) {
      const token = tokens[to] as Token
      if (token.kind === 'break' || (words.length > 0 && kindOfArea(tokens, to, isPlain) > 0)) break
      if (words.length > 0 && cities.has(`${token.word} ${tokens[to + 1]?.word ?? ''}`)) break
      words.push(token.word)
    }
    if (words.length > 0) areas.push({ from: at, to, key: words.join(' ') })
    at = Math.max(at, to - 1)
  }
  return areas
}

/**
 * How many words say here that a ward or district follows; 0 if none does. Streets are called Xã Đàn, Phương Mai, Quan
 * Nhân and Bà Huyện Thanh Quan: without their accents, and after a number, these words say nothing.
 */
function kindOfArea(tokens: readonly Token[], at: number, isPlain: boolean): number {
  const [token, next, before] = [tokens[at], tokens[at + 1], tokens[at - 1]]
  if (token?.kind !== 'word' || !next || next.kind === 'break' || before?.kind === 'number') return 0
  if (/^thi (xa|tran)$/.test(`${token.word} ${next.word}`)) return 2
  const isApart = before?.kind === 'break'
  if (short.has(token.typed)) return isApart || (before && !isStreetWord(before)) ? 1 : 0
  if (accented.has(token.typed)) return isApart || (token.typed !== 'xã' && before?.word !== 'ba') ? 1 : 0
  if (!plain.has(token.typed)) return 0
  const followsName = before && !isStreetWord(before) && !numberWords.has(before.word) && nearAt(tokens, at - 1) === 0
  return isApart || (isPlain && followsName && token.word !== 'xa') ? 1 : 0
}
