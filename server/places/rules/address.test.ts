import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areasIn, numbersAround } from './address.ts'
import { readAddress } from './reading.ts'
import { respelt, spellingOf, wordsLike } from './spelling.ts'
import { keyOf, tokensOf } from './words.ts'

/** The first name of an address with the numbers beside it: name, lanes, house. */
function readAs(text: string): [string | undefined, string, string] {
  const reading = readAddress(text)
  const first = reading.phrases[0]
  if (!first) return [undefined, '', '']
  const { lanes, number, letter } = numbersAround(reading.tokens, first)
  return [first.words, lanes.join('/'), `${number ?? ''}${letter}`]
}

describe('an address as people write it', () => {
  test.for([
    ['95 Đê La Thành', 'de la thanh', '', '95'],
    ['95 de la thanh', 'de la thanh', '', '95'],
    ['đối diện 95 Đê La Thành', 'de la thanh', '', '95'],
    ['Trước cửa số nhà 12A phố Huế', 'hue', '', '12a'],
    ['95 P. Huế, P. Nguyễn Du', 'hue', '', '95'],
    ['95 đ. Láng', 'lang', '', '95'],
    ['ngõ 12 Đội Cấn', 'doi can', '12', ''],
    ['trong ngõ 12, phố Đội Cấn', 'doi can', '12', ''],
    ['ngách 12/5 Đội Cấn', 'doi can', '12/5', ''],
    ['ngách 5 ngõ 12 Đội Cấn', 'doi can', '12/5', ''],
    ['số 3 ngách 12/5 ngõ 12 phố Đội Cấn', 'doi can', '12/5', '3'],
    ['3/5/12 Đội Cấn', 'doi can', '3/5', '12'],
    ['12/5 Đội Cấn', 'doi can', '12', '5'],
    ['Hẻm 68/79/68 Nguyễn Văn Linh', 'nguyen van linh', '68/79/68', ''],
    ['kiệt 7 Láng Hạ', 'lang ha', '7', ''],
    ['Đội Cấn, ngõ 12, số 5', 'doi can', '12', '5'],
    ['Ng. Trãi, số nhà 277', 'nguyen trai', '', '277'],
    ['gần bv Bạch Mai', 'benh vien bach mai', '', ''],
    ['cổng trường Trung học phổ thông Chu Văn An', 'thpt chu van an', '', ''],
    ['Bà Huyện Thanh Quan số nhà 12', 'ba huyen thanh quan', '', '12'],
  ])('%s', ([text, name, lanes, house]) => {
    expect(readAs(text as string)).toEqual([name, lanes, house])
  })

  test.for([
    ['95 Láng, P. Láng Thượng, Q. Đống Đa, Hà Nội', ['lang thuong', 'dong da']],
    ['95 lang phuong lang thuong quan dong da', ['lang thuong', 'dong da']],
    ['thôn Đoài, xã Nam Hồng, huyện Đông Anh', ['nam hong', 'dong anh']],
    ['95 Xã Đàn', []],
    ['12 Bà Huyện Thanh Quan', []],
    ['số 5 Quan Nhân', []],
    ['5 Phương Mai, phường Kim Liên', ['kim lien']],
    ['5 phuong mai', []],
    ['95 P. Huế', []],
  ] as const)('%s names wards and districts', ([text, areas]) => {
    expect(areasIn(tokensOf(text)).map(({ key }) => key)).toEqual(areas)
  })

  test.for([
    ['Phố Huế', 'hue'],
    ['đường Láng', 'lang'],
    ['Trường Trung học phổ thông Phan Đình Phùng', 'thpt phan dinh phung'],
    ['BV Bạch Mai', 'benh vien bach mai'],
    ['ĐH Bách khoa', 'dai hoc bach khoa'],
    ['QL1A', 'quoc lo 1a'],
    ['Đường 19/5', '19/5'],
  ] as const)('%s is looked up as %s', ([name, key]) => {
    expect(keyOf(name)).toBe(key)
  })

  test('reads the same numbers whichever way they are written', () => {
    const number = fc.integer({ min: 1, max: 999 })
    const lanes = fc.array(number, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(number, lanes, fc.constantFrom(', ', ' '), (house, path, between) => {
        const inwards = path.map((each, at) => `${['ngõ', 'ngách', 'hẻm'][at]} ${each}`)
        const expected = ['doi can', path.join('/'), `${house}`]
        expect(readAs(`số ${house}${between}${inwards.toReversed().join(between)}${between}phố Đội Cấn`)).toEqual(
          expected,
        )
        expect(readAs(`Đội Cấn${between}${inwards.join(between)}${between}số ${house}`)).toEqual(expected)
        expect(readAs(`${[...path, house].join('/')} Đội Cấn`)).toEqual(expected)
      }),
    )
  })

  test('of any text at all, no reading fails, and its names stand within it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const { tokens, names } = readAddress(text)
        const spans = [...names.values()].flat()
        return spans.every(({ from, to }) => from < to && to <= tokens.length)
      }),
    )
  })
})

describe('a word that is mistyped', () => {
  const spelling = spellingOf(['khuat', 'duy', 'tien', 'tin', 'nguyen', 'trai', 'lang', 'ha'])

  test.for([
    ['tein', ['tien', 'tin']],
    ['nguyn', ['nguyen']],
    ['nguyeen', ['nguyen']],
    ['ngujen', ['nguyen']],
    ['gnuyen', ['nguyen']],
    ['ngyune', []],
    ['95', []],
    ['la', []],
  ] as const)('%s is one slip from %s', ([word, like]) => {
    expect(wordsLike(word, spelling).sort()).toEqual([...like].sort())
  })

  test('gives the name that was meant, where it stands', () => {
    expect(respelt(readAddress('95 Khuat Dyu Tein'), spelling).get('khuat duy tien')).toEqual([{ from: 1, to: 4 }])
    expect(respelt(readAddress('lagn ha, phường Láng'), spelling).get('lang ha')).toEqual([{ from: 0, to: 2 }])
  })
})

test.for([
  ['12bis Hàng Bông', '12 bis hang bong'],
  ['19tháng8', '19 thang 8'],
  ['12BT5', '12 bt 5'],
  ['12A/5b', '12a/5b'],
] as const)('a number is not divided: %s', ([text, words]) => {
  expect(
    tokensOf(text)
      .map(({ word }) => word)
      .join(' '),
  ).toBe(words)
})
