import { describe, expect, test } from 'vitest'
import { isBareKind } from './kinds.ts'
import { readAddress } from './reading.ts'

const namesIn = (text: string) => readAddress(text).phrases.map(({ words }) => words)

describe('words that may say "near" without their accents', () => {
  test.for([
    ['gần Benh Vien Canh Snih', ['benh vien canh snih']],
    ['benh vien canh sinh, canh cho dua', ['benh vien canh sinh', 'cho dua']],
    ['canh benh vien bach mai', ['benh vien bach mai']],
    ['doi dien canh cho dua', ['cho dua']],
    ['12 Nguyen Tai', ['nguyen tai']],
    ['12 tran dau ninh', ['tran dau ninh']],
    ['sau 12 tran dau ninh', ['tran dau ninh']],
    ['doi can sau 12 lang ha', ['doi can', 'lang ha']],
    ['doi can dau ngo 12', ['doi can']],
  ] as const)('%s', ([text, names]) => expect(namesIn(text)).toEqual(names))

  test.for([
    ['12 Đội Cấn cạnh chợ Dừa', ['doi can', 'cho dua']],
    ['12 doi can gan cho dua', ['doi can', 'cho dua']],
  ] as const)('with them, and where no name has such a word, they end a name: %s', ([text, names]) =>
    expect(namesIn(text)).toEqual(names),
  )
})

test.for([
  ['benh vien', true],
  ['cho', true],
  ['benh vien khu do thi', true],
  ['cho dua', false],
  ['chong', false],
  ['', false],
] as const)('“%s” is only a kind of place: %o', ([words, isKind]) => expect(isBareKind(words)).toBe(isKind))
