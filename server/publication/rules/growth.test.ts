import { describe, expect, test } from 'vitest'
import { findPersonalData } from './personal-data.ts'

const short = 5000
const long = 4 * short

/** What may make a rule read a text again from each of its characters. */
const hostile: Readonly<Record<string, string>> = {
  letters: 'a',
  'capital letters': 'A',
  digits: '1',
  zeros: '0',
  spaces: ' ',
  'line breaks': '\n',
  dots: '.',
  'opening brackets': '(',
  'combining marks': '\u0301',
  'letters and dots': 'a.',
  'signs of mail': 'a@',
  'a mail address without an end': 'a@b-',
  'digits apart': '1 ',
  'digits with dots': '1.',
  'digits in words': 'một ',
  'titles alone': 'ông ',
  'titles and names': 'Ông Nam ',
  'surnames alone': 'Nguyễn ',
  'names and telephones': 'Tâm 0951 234 567, ',
  'telephones and addresses': '0951234567 địa chỉ ',
  'names and words for homes': 'bà Lan ở nhà ',
  'homes without an end': 'nhà tôi số 1 ',
  'homes without capitals': 'toi o ngo 1 ',
  'living without a place': 'tôi đang ',
  'asked addresses': 'địa chỉ: ',
  'names asked for': 'họ và tên ',
  'occupations asked for': 'giám đốc là ',
  accounts: 'stk ',
  'digits before a bank': '123456 mb',
  vehicles: 'xe a ',
  'plates without an end': '29A-',
  'identity papers': 'cccd ',
  quotes: 'Ông Nam "a',
}

/** The least time of the processor in milliseconds, of several tries: what else runs on the machine adds to it. */
function costOf(text: string): number {
  const tries = [1, 2, 3].map(() => {
    const before = process.cpuUsage()
    findPersonalData(text)
    return process.cpuUsage(before).user / 1000
  })
  return Math.min(...tries)
}

describe('a text four times as long', () => {
  test.for(Object.entries(hostile))('costs about four times as much: %s', ([, piece]) => {
    const textOf = (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
    // What is quadratic costs sixteen times as much; below a few milliseconds nothing can be told, and nothing matters.
    const least = Math.max(costOf(textOf(short)), 4)
    expect(costOf(textOf(long)) / least).toBeLessThan(9)
  })
})
