import { doReadNumber, ReadingConfig } from 'read-vietnamese-number'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'

/**
 * In the pronunciation of Hanoi: "linh" for a zero between, "nghìn", "tỷ". Separators between the figures are handled
 * here.
 */
const reading = new ReadingConfig()
Object.assign(reading, { unit: [], units: [[], ['nghìn'], ['triệu'], ['tỷ']], oddText: 'linh' })

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
export const digitWords: readonly string[] = digits

/** Longer ones are codes, and read digit by digit. */
const longestNumber = 12

/** A number as Vietnamese offices write it, "1.234,5", in words. */
export function numberInWords(written: string): string {
  const [whole = '', decimals] = written.split(',')
  const figures = whole.replaceAll('.', '')
  if (figures.length > longestNumber) return digitsInWords(written)
  const words = doReadNumber(figures.replace(/^0+(?=\d)/, ''), reading)
  // Decimals are read one by one: "không phẩy hai lăm" and "hai mươi lăm phần trăm" would sound alike.
  return decimals
    ? `${words} phẩy ${decimals.length > 1 ? digitsInWords(decimals) : doReadNumber(decimals, reading)}`
    : words
}

/** A telephone number or a code, digit by digit: "một không hai hai". Other characters are left out. */
export function digitsInWords(written: string): string {
  return [...written.replace(/\D/g, '')].map((digit) => digits[Number(digit)]).join(' ')
}

/** A telephone number in the groups in which it is written: "một chín không không, một hai tám tám". */
export function phoneInWords(written: string): string {
  const groups = written.replace(/^\+84[ .-]?/, '0').match(/\d+/g) ?? []
  const grouped = groups.length > 1 ? groups : splitPhone(groups[0] ?? '')
  return grouped.map(digitsInWords).join(', ')
}

/** No one remembers ten digits in one breath. */
function splitPhone(number: string): string[] {
  if (number.length < 8) return [number]
  const tail = number.slice(4)
  return [number.slice(0, 4), ...(tail.match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? [])]
}

/** "hai mươi giờ", "mười chín giờ ba mươi phút". */
export function spokenHour(hour: number, minute: number): string {
  const hours = `${numberInWords(String(hour))} giờ`
  return minute === 0 ? hours : `${hours} ${numberInWords(String(minute))} phút`
}

/** The first ten days of a month are "mùng": "mùng bảy". */
export const spokenDay = (day: number): string =>
  day <= 10 ? `mùng ${numberInWords(String(day))}` : numberInWords(String(day))

/** The fourth month is "tháng tư". */
export const spokenMonth = (month: number): string => `tháng ${month === 4 ? 'tư' : numberInWords(String(month))}`

/** "mùng bảy tháng chín năm hai nghìn không trăm hai mươi tư". */
export function spokenDate(day: number, month: number, year?: number): string {
  const date = `${spokenDay(day)} ${spokenMonth(month)}`
  return year === undefined ? date : `${date} năm ${numberInWords(String(year))}`
}

/** The parts of a moment on Hanoi's clocks. */
export function clockInHanoi(at: Date): { day: number; month: number; year: number; hour: number; minute: number } {
  const [year, month, day, hour, minute] = isoInHanoi(at).split(/\D/).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return { day, month, year, hour, minute }
}
