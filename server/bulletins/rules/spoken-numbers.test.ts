import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digitsInWords, digitWords, numberInWords, phoneInWords, spokenDate, spokenHour } from './spoken-numbers.ts'

test.each([
  ['0', 'không'],
  ['4', 'bốn'],
  ['10', 'mười'],
  ['11', 'mười một'],
  ['14', 'mười bốn'],
  ['15', 'mười lăm'],
  ['20', 'hai mươi'],
  ['21', 'hai mươi mốt'],
  ['24', 'hai mươi tư'],
  ['25', 'hai mươi lăm'],
  ['91', 'chín mươi mốt'],
  ['101', 'một trăm linh một'],
  ['104', 'một trăm linh bốn'],
  ['105', 'một trăm linh năm'],
  ['110', 'một trăm mười'],
  ['115', 'một trăm mười lăm'],
  ['124', 'một trăm hai mươi tư'],
  ['1.000', 'một nghìn'],
  ['1005', 'một nghìn không trăm linh năm'],
  ['1010', 'một nghìn không trăm mười'],
  ['2024', 'hai nghìn không trăm hai mươi tư'],
  ['24.005', 'hai mươi tư nghìn không trăm linh năm'],
  ['1.021.000', 'một triệu không trăm hai mươi mốt nghìn'],
  ['1.000.000.000', 'một tỷ'],
  ['07', 'bảy'],
  ['1,5', 'một phẩy năm'],
  ['0,25', 'không phẩy hai năm'],
  ['12,05', 'mười hai phẩy không năm'],
])('%s is read "%s"', (written, words) => {
  expect(numberInWords(written)).toBe(words)
})

/** Reads the words back, by the rules of the schoolbook and not by those of the program. */
function readBack(words: string): number {
  const small: Record<string, number> = { mốt: 1, tư: 4, lăm: 5, mười: 10 }
  let [total, group, last] = [0, 0, 0]
  for (const word of words.split(' ')) {
    if (word === 'linh') continue
    if (word === 'mươi') [group, last] = [group + last * 10, 0]
    else if (word === 'trăm') [group, last] = [group + last * 100, 0]
    else if (word === 'nghìn') [total, group, last] = [total + (group + last) * 1e3, 0, 0]
    else if (word === 'triệu') [total, group, last] = [total + (group + last) * 1e6, 0, 0]
    else if (word === 'mười') [group, last] = [group + 10, 0]
    else last = small[word] ?? digitWords.indexOf(word)
  }
  return total + group + last
}

test('what is read is the number that was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (number) => {
      const words = numberInWords(String(number))
      expect(readBack(words)).toBe(number)
      // Never "mươi một", "mươi năm", "mười lăm mươi" and the like.
      expect(words).not.toMatch(/mươi (một|bốn|năm)\b|mười (mốt|tư|năm)\b|linh (mốt|tư|lăm)\b|linh mười/)
      expect(numberInWords(number.toLocaleString('de-DE'))).toBe(words)
    }),
    { numRuns: 2000 },
  )
})

describe('telephone numbers', () => {
  test.each([
    ['1022', 'một không hai hai'],
    ['112', 'một một hai'],
    ['1900 1288', 'một chín không không, một hai tám tám'],
    ['024 3825 1234', 'không hai bốn, ba tám hai năm, một hai ba bốn'],
    ['0912345678', 'không chín một hai, ba bốn năm, sáu bảy tám'],
    ['+84 24 3825 1234', 'không hai bốn, ba tám hai năm, một hai ba bốn'],
  ])('%s is read "%s"', (written, words) => {
    expect(phoneInWords(written)).toBe(words)
  })
  test('lose and gain no digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{3,12}$/), (number) => {
        const read = phoneInWords(number).split(/[ ,]+/)
        expect(read.map((word) => digitWords.indexOf(word)).join('')).toBe(number)
        expect(digitsInWords(number).split(' ')).toHaveLength(number.length)
      }),
    )
  })
})

test.each([
  [20, 0, 'hai mươi giờ'],
  [19, 30, 'mười chín giờ ba mươi phút'],
  [0, 5, 'không giờ năm phút'],
  [21, 15, 'hai mươi mốt giờ mười lăm phút'],
  [24, 0, 'hai mươi tư giờ'],
])('%i:%i is "%s"', (hour, minute, words) => {
  expect(spokenHour(hour, minute)).toBe(words)
})

test.each([
  [7, 9, 2024, 'mùng bảy tháng chín năm hai nghìn không trăm hai mươi tư'],
  [10, 10, undefined, 'mùng mười tháng mười'],
  [15, 4, 2005, 'mười lăm tháng tư năm hai nghìn không trăm linh năm'],
  [24, 12, undefined, 'hai mươi tư tháng mười hai'],
])('the %i/%i/%s is "%s"', (day, month, year, words) => {
  expect(spokenDate(day, month, year)).toBe(words)
})
