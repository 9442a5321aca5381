import { describe, expect, test } from 'vitest'
import {
  accentedQuery,
  beginningsQuery,
  byOwnWords,
  foldedQuery,
  type ParsedQuery,
  parseSearchQuery,
  rankingQueries,
  rarestQuery,
  respelledQuery,
} from './search.ts'

const parsedQuery = (text: string) => parseSearchQuery(text) as ParsedQuery

describe('the typed text', () => {
  test.each([
    ['cây đổ', "'cay' & 'do'", "'cây' & 'đổ'"],
    ['cay do', "'cay' & 'do'", null],
    ['ngập "Lò Đúc" sâu', "('lo' <-> 'duc') & 'ngap' & 'sau'", "('lò' <-> 'đúc') & 'ngập' & 'sâu'"],
    ['“Hàng Bạc”', "('hang' <-> 'bac')", "('hàng' <-> 'bạc')"],
    ['đường'.normalize('NFD'), "'duong'", "'đừơng'"],
    ['hòa', "'hoa'", "'hòa'"],
    ['hoà', "'hoa'", "'hòa'"],
    ["29A-123.45 & ' | !", "'29a' & '123' & '45'", null],
    ['240907-01', "'240907' & '01'", null],
    ['HN-240907', "'240907'", null],
    ['mã:HN-240907 cây', "'240907' & 'cay'", "'240907' & 'cây'"],
    ['mã:cây', "'ma' & 'cay'", "'mã' & 'cây'"],
    ['Caau mawcs ddieenj', "'cau' & 'mac' & 'dien'", "'câu' & 'mắc' & 'địên'"],
    ['"không đóng ngoặc', "('khong' <-> 'dong' <-> 'ngoac')", "('không' <-> 'đóng' <-> 'ngọăc')"],
  ])('%s', (text, folded, accented) => {
    expect(foldedQuery(parsedQuery(text))).toBe(folded)
    expect(accentedQuery(parsedQuery(text))).toBe(accented)
  })

  test.each(['', '   ', '"', '""', '!!! --'])('"%s" searches for nothing', (text) =>
    expect(parseSearchQuery(text)).toBeNull(),
  )

  test.each([
    ['HN-240907-0113', 'HN-240907-0113'],
    ['hn-240907-0113', 'HN-240907-0113'],
    ['240907-0113', 'HN-240907-0113'],
    ['2409070113', 'HN-240907-0113'],
    ['mã:HN-240907-0113', 'HN-240907-0113'],
    ['ma:240907-0113', 'HN-240907-0113'],
    ['Code: hn-240907-0113', 'HN-240907-0113'],
    ['Mã phản ánh: HN-240907-0113', 'HN-240907-0113'],
    ['mã:2409070113'.normalize('NFD'), 'HN-240907-0113'],
    ['mã:240907-01', null],
    ['240907-01', null],
    ['cây HN-240907-0113', null],
  ])('%s is the code %s', (text, code) => expect(parsedQuery(text).code).toBe(code))

  test('a phone number is treated like other words', () => {
    expect(foldedQuery(parsedQuery('0912 345 678'))).toBe("'0912' & '345' & '678'")
  })

  test('only a last word outside quotes may be half typed', () => {
    expect(beginningsQuery(parsedQuery('ngập "lò đúc" ng'))).toBe("('lo' <-> 'duc') & 'ngap' & 'ng':*")
    expect(parsedQuery('"lò đúc"').openEnded).toBe(false)
  })

  test('better matches are adjacent words and those with the typed accents', () => {
    expect(rankingQueries(parsedQuery('cây đổ'))).toEqual(["('cây' <-> 'đổ')", "('cay' <-> 'do')", "'cây' & 'đổ'"])
    expect(rankingQueries(parsedQuery('cay do'))).toEqual(["('cay' <-> 'do')"])
    expect(rankingQueries(parsedQuery('đổ'))).toEqual(["'đổ'"])
    expect(rankingQueries(parsedQuery('do'))).toEqual([])
  })
})

test.each([
  ["('lo' <-> 'duc') & 'ng':*", "('lo':D <-> 'duc':D) & 'ng':*D"],
  ["('trai' | 'tra') & '12'", "('trai':D | 'tra':D) & '12':D"],
])('%s by the words of the report itself is %s', (query, own) => expect(byOwnWords(query)).toBe(own))

test('other spellings replace the unknown words', () => {
  const words = [['nguyen'], ['trai', 'tra']]
  expect(respelledQuery(['nguyen', 'traii'], { words, oneAtATime: false })).toBe("('nguyen') & ('trai' | 'tra')")
})

test('where all words are known, one at a time may be the mistyped one', () => {
  const words = [['nguyet'], [], ['ngat']]
  expect(respelledQuery(['nguyen', 'do', 'ngap'], { words, oneAtATime: true })).toBe(
    "(('nguyet') & 'do' & 'ngap') | ('nguyen' & 'do' & ('ngat'))",
  )
})

describe('the rarest words of a search', () => {
  const shares = new Map([
    ['pho', 0.6],
    ['duong', 0.4],
    ['cay', 0.2],
    ['do', 0.1],
    ['hue', 0.01],
    ['73', 0.004],
    ['ngoc', 0.002],
  ])

  test.each([
    ['73 phố Huế cây đổ', "'73' & 'hue'"],
    ['phố Ngọc cây đổ', "'ngoc' & 'do' & 'cay'"],
    ['"phố Huế" 73 cây', "'73' & 'hue'"],
    ['73 73 phố Huế', "'73' & 'hue'"],
    // A word that is not among the common ones is at most as common as the rarest of them.
    ['phố Khâm Thiên cây', "'kham' & 'thien'"],
  ])('of “%s” are %s', (text, rarest) => expect(rarestQuery(parsedQuery(text), shares)).toBe(rarest))

  test.each([
    ['all words are needed', 'cây đổ'],
    ['two are all there are', '73 Huế'],
    ['none of them is rare', 'phố đường cây đổ'],
  ])('are not searched separately where %s', (_, text) => expect(rarestQuery(parsedQuery(text), shares)).toBeNull())

  test('are unknown before the words have been counted', () => {
    expect(rarestQuery(parsedQuery('73 phố Huế cây đổ'), new Map())).toBeNull()
  })
})
