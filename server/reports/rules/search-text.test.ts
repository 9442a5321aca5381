import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerText, nothingSaid, searchRowOf, settleMarks, wordsOf } from './search-text.ts'

describe('tone marks are normalised to one place', () => {
  test.each([
    ['hòa', 'hoà'],
    ['thủy', 'thuỷ'],
    ['Khóa', 'khoá'],
    ['Đường', 'đường'.normalize('NFD')],
    ['NGUYỄN', 'nguyễn'],
  ])('%s is %s', (a, b) => expect(settleMarks(a)).toBe(settleMarks(b)))

  test.each([
    ['hoa', 'hoà'],
    ['đổ', 'đỗ'],
    ['ngã', 'ngà'],
    ['dương', 'đường'],
  ])('%s is not %s', (a, b) => expect(settleMarks(a)).not.toBe(settleMarks(b)))

  test('a half-typed word is normalised like the beginning of the whole word', () => {
    for (const [half, whole] of [
      ['đườ', 'đường'],
      ['ngậ', 'ngập'],
      ['nguyễ', 'nguyễn'],
    ] as const)
      expect(settleMarks(whole).startsWith(settleMarks(half))).toBe(true)
  })

  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => settleMarks(settleMarks(text)) === settleMarks(text)),
    )
  })
})

describe('words', () => {
  test('are folded for matching and keep their marks for ranking', () => {
    expect(wordsOf('Cây đổ, 12 Lò Đúc!')).toEqual([
      { folded: 'cay', accented: 'cây' },
      { folded: 'do', accented: 'đổ' },
      { folded: '12', accented: '12' },
      { folded: 'lo', accented: 'lò' },
      { folded: 'duc', accented: 'đúc' },
    ])
  })

  test('are the same in decomposed form', () => {
    expect(wordsOf('Đỗ Nguyễn hoà'.normalize('NFD'))).toEqual(wordsOf('đỗ nguyễn hòa'))
  })

  test('contain only letters, marks and digits, for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) =>
        wordsOf(text).every(({ folded, accented }) => /^[\p{L}\p{N}\p{M}]+$/u.test(folded + accented)),
      ),
    )
  })
})

test('a report is stored as words with their positions, folded and marked', () => {
  const report = { code: 'HN-240907-0113', title: 'Cây đổ', body: 'cây to', address: 'Lò Đúc' }
  expect(searchRowOf(report, nothingSaid).words).toBe(
    "'240907':1 '0113':2 'cay':11,21 'cây':11,21 'do':12 'đổ':12 'to':22 'lo':31 'lò':31 'duc':32 'đúc':32",
  )
})

test('later texts on it carry labels of their own', () => {
  const report = { code: 'HN-240907-0113', title: 'Cây đổ', body: '', address: '' }
  const answers = [answerText({ what: 'Đã dọn cây', whereDone: '', next: 'Hết' })]
  const said = { answers, messages: ['Cảm ơn'], photos: ['IMG_20.v2.jpeg'] }
  expect(searchRowOf(report, said).words).toBe(
    "'240907':1 '0113':2 'cay':11,39B 'cây':11,39B 'do':12 'đổ':12 'da':37B 'đã':37B 'don':38B 'dọn':38B " +
      "'het':40B 'hết':40B 'cam':49C 'cảm':49C 'on':50C 'ơn':50C 'img':59A '20':60A 'v2':61A",
  )
})
