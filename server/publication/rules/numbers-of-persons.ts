import type { AlignedText } from './aligned-text.ts'
import type { Finding } from './finding.ts'

/** What citizens write between the digits of one number. */
const gap = '[ .\\p{Pd}−_()]{0,2}'
const digits = (from: number, to = from) => `(?:${gap}\\d){${from},${to}}`

/** Bounded on the left and in length: a long run of letters is not read again from each of them. */
const mail = /(?<![a-z\d])[a-z\d][a-z\d._%+-]{0,63}\s?(?:@|\(at\)|\[at\])\s?[a-z\d-]+(?:\.[a-z\d-]+)+/dg

const mobile = new RegExp(
  `(?<!\\d)((?:\\+|00)?8${gap}4${gap}(?:\\(?0\\)?${gap})?[35789]${digits(8)}|(?:0${gap}|(?<![a-z])o(?=\\d))[35789]${digits(8)})(?!\\d)`,
  'gdu',
)
const landline = new RegExp(`(?<!\\d)((?:\\+84|0084|0)${gap}2${digits(9)})(?!\\d)`, 'gdu')
/** Of another country. */
const foreign = new RegExp(`(?<!\\d)(\\+(?!84)[1-9]${digits(7, 14)})(?!\\d)`, 'gdu')
const saidPhone = new RegExp(
  `(?<![a-z])(?:dien thoai|sdt|dt|so may|zalo|tel|phone|alo|lien he|lien lac|lh)[^\\d\\n]{0,20}(\\+?\\d${digits(7, 12)})(?!\\d)`,
  'gdu',
)
const hotline = /^1[89]00/

const identity = /(?<!\d)(0\d{11}|0\d{2}([ .-])\d{3}\2\d{3}\2\d{3}|0\d{3}([ .-])\d{4}\3\d{4}|0(?:[ .-]\d){11})(?!\d)/dg
const saidIdentity = new RegExp(
  `(?<![a-z])(?:cccd|can cuoc|cmnd|cmtnd|cmt|chung minh|dinh danh|giay to tuy than)[^\\d\\n]{0,40}?(\\d${digits(11)}|\\d${digits(8)})(?!\\d)`,
  'gdu',
)
const passport = /(?<![a-z])(?:ho chieu|passport)[^\d\n]{0,20}?([a-z]\d{7,8})(?![a-z\d])/dg

const bankNames =
  'vietcombank|vcb|techcombank|tcb|bidv|agribank|vietinbank|viettinbank|mb ?bank|mb|vpbank|acb|sacombank|tpbank|vib|shb|hdbank|msb|ocb|seabank|lpbank|eximbank|ngan hang'
const accountWords = `so tai khoan|tai khoan|stk|tk|so the|the atm|${bankNames}`
const account = `\\d(?:[ .-]?\\d){5,18}`
const saidAccount = new RegExp(`(?<![a-z])(?:${accountWords})[^\\d\\n]{0,14}(${account})(?!\\d)`, 'gdu')
const accountAfterWords = new RegExp(`(?<![a-z])(?:${accountWords})[^\\d\\n]{0,40}?(${account})(?!\\d)`, 'gdu')
const accountBeforeBank = new RegExp(`(?<!\\d)(${account})[^\\d\\n]{0,12}?(?<![a-z])(?:${bankNames})(?![a-z])`, 'gdu')
const money = /^\s?(?:dong|d|vnd|k|trieu|nghin|ngan(?! hang)|ty)(?![a-z])/
const thousands = /^\d{1,3}(?:\.\d{3})+$/
const date = /^\d{1,2}[.-]\d{1,2}[.-]\d{4}$/

const series = '(?:[a-z]{1,2}\\d?)'
const plate = new RegExp(
  `(?<![a-z\\d])(\\d{2}[ .-]?${series}[ .-]{0,2}(?:\\d{3}[. ]?\\d{2}|\\d{4})|\\d{2}-?\\d{3}-?(?:ng|nn|qt)-?\\d{2})(?![a-z\\d])`,
  'gdu',
)
const armyPlate = /(?<![a-z])(?:bien so|bien|bks|xe)\s+(?:[a-z]+\s+)?([a-z]{2}[ -]?\d{2}[ -]\d{2})(?!\d)/dg
const vehicleWords = /(?<![a-z])(?:bien|bks|xe|oto|taxi|o to)(?![a-z])[^\n]{0,25}$/
/** A letter that is also a unit: 19h 2024, 50k 1000. */
const unit = /^\d{2}[hmkdg][ .-]/

const digitWords = ['khong', 'mot', 'hai', 'ba', 'bon', 'tu', 'nam', 'lam', 'sau', 'bay', 'tam', 'chin']
const digitWord = `(?:${digitWords.join('|')}|\\d+)`
const spelled = new RegExp(`(?<![a-z\\d])(${digitWord}(?:[ ,.;-]{1,3}${digitWord}){4,})(?![a-z\\d])`, 'gdu')

/** Mail addresses and numbers that lead to a person: phones, identity papers, bank accounts, number plates. */
export function numbersIn({ folded, composed }: AlignedText): Finding[] {
  const isMoney = (text: string, to: number) => money.test(folded.slice(to)) || thousands.test(text) || date.test(text)
  const isHotline = (text: string) => hotline.test(text.replace(/\D/g, ''))
  const isPlate = (text: string, at: number, to: number) => {
    if (vehicleWords.test(folded.slice(Math.max(0, at - 40), at))) return true
    return /\p{Lu}/u.test(composed.slice(at, to)) || (/\d{3}\.?\d{2}$/.test(text) && !unit.test(text))
  }
  const each = (kind: Finding['kind'], shape: RegExp, isMeant: (text: string, at: number, to: number) => boolean) =>
    [...folded.matchAll(shape)].flatMap(({ indices, ...match }): Finding[] => {
      const [from, to] = indices?.[1] ?? indices?.[0] ?? [0, 0]
      return isMeant(match[1] ?? match[0], from, to) ? [{ kind, start: from, end: to }] : []
    })
  const always = () => true
  const isAccount = (text: string, _: number, to: number) => !isMoney(text, to) && !isHotline(text)
  return [
    ...each('mail', mail, always),
    ...each('identity', saidIdentity, always),
    ...each('identity', passport, always),
    ...each('bank', saidAccount, isAccount),
    ...each('identity', identity, always),
    ...each('phone', mobile, always),
    ...each('phone', landline, always),
    ...each('phone', foreign, always),
    ...each('phone', saidPhone, (text) => !isHotline(text)),
    ...spelledNumbers(folded),
    ...each('plate', plate, isPlate),
    ...each('plate', armyPlate, always),
    ...each('bank', accountAfterWords, isAccount),
    ...each('bank', accountBeforeBank, isAccount),
  ]
}

/** Numbers read out in words, or partly so. */
function spelledNumbers(folded: string): Finding[] {
  return [...folded.matchAll(spelled)].flatMap(({ 0: text, index }): Finding[] => {
    const parts = text.split(/[ ,.;-]+/)
    const words = parts.filter((part) => !/\d/.test(part)).length
    const length = parts.reduce((sum, part) => sum + (/\d/.test(part) ? part.length : 1), 0)
    if (words < 3 || length < 9 || length > 20) return []
    return [{ kind: length === 12 ? 'identity' : 'phone', start: index, end: index + text.length }]
  })
}
