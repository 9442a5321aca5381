import { describe, expect, test } from 'vitest'
import { findPersonalData } from './personal-data.ts'

const short = 5000
const long = 4 * short
/** Between four times and sixteen times. */
const most = 9

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
  'conditions of persons': 'mẹ tôi bị ung thư ',
  'conditions alone': 'viêm ',
  'organs without an end': 'tôi bị ung thư phổi gan ',
  'persons without a condition': 'mẹ tôi bị ',
  quotes: 'Ông Nam "a',
}

/** Processor time of the search, in milliseconds. */
function costOf(text: string): number {
  const before = process.cpuUsage()
  findPersonalData(text)
  return process.cpuUsage(before).user / 1000
}

/**
 * The ratio of the costs of the long and the short text. Each cost is the minimum of alternating tries, because load of
 * the machine only increases it. Quadratic growth yields sixteen in every try; the tries stop as soon as the ratio is
 * low enough.
 */
function growthOf(textOf: (length: number) => string): number {
  let ofShort = Number.POSITIVE_INFINITY
  let ofLong = Number.POSITIVE_INFINITY
  let growth = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 10 && growth >= most; tries++) {
    ofShort = Math.min(ofShort, costOf(textOf(short)))
    ofLong = Math.min(ofLong, costOf(textOf(long)))
    // Shorter times are dominated by noise and do not matter.
    growth = ofLong / Math.max(ofShort, 4)
  }
  return growth
}

describe('a text four times as long', () => {
  test.for(Object.entries(hostile))('costs about four times as much: %s', ([, piece]) => {
    expect(growthOf((length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length))).toBeLessThan(most)
  })
})
