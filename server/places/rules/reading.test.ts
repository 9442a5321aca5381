import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBareKind } from './kinds.ts'
import { guessesIn, readAddress } from './reading.ts'

const namesIn = (text: string) => readAddress(text).phrases.map(({ words }) => words)
const guessed = (text: string, common: readonly string[] = []) =>
  guessesIn(readAddress(text), new Set(common)).map(({ words }) => words)

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

describe('names for which like ones are looked for', () => {
  test.for([
    ['Khuat Tien', [], ['khuat tien']],
    ['benh vien', [], []],
    ['benh vien, cho', [], []],
    ['benh vien chung cu', ['vien', 'chung'], []],
    ['benh vien an', ['benh', 'vien'], []],
    ['benh vien canhh', ['benh', 'vien'], ['vien canhh']],
    ['benh vien benh vien benh vien benh vien', ['benh', 'vien'], []],
    ['xa dan xa dan', [], ['xa dan xa dan', 'xa dan xa', 'dan xa dan', 'xa dan', 'dan xa']],
  ] as const)('%s, where %o are common: %o', ([text, common, names]) => {
    expect(guessed(text, common)).toEqual(names)
  })

  test('they are few whatever is typed, each once, and never only a kind of place', () => {
    const word = fc.constantFrom('benh vien', 'cho', 'canh', 'an', 'xom', 'gần', '12', ',', 'snih', 'khu do thi')
    const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(text, (text) => {
        const names = guessed(text)
        return names.length <= 6 && new Set(names).size === names.length && !names.some(isBareKind)
      }),
    )
  })
})

test.for([
  ['benh vien', true],
  ['cho', true],
  ['benh vien khu do thi', true],
  ['cho dua', false],
  ['chong', false],
  ['', false],
] as const)('“%s” is only a kind of place: %o', ([words, isKind]) => expect(isBareKind(words)).toBe(isKind))

test.each(['constructor', 'hasOwnProperty', '__proto__', 'toString 12'])(
  '%s is read as words like any other',
  (text) => {
    expect(readAddress(text).tokens[0]).toMatchObject({ kind: 'word' })
  },
)
