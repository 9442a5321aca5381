import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { telex } from '#db/demo/spelling.ts'
import { decodeTelex, undecodedWords } from './telex.ts'

describe('what was typed with the input method off is decoded', () => {
  test.each([
    ['Caau mawcs ddieenj', 'Câu mắc điện'],
    ['CAAU MAWCS DDIEENJ', 'CÂU MẮC ĐIỆN'],
    ['Ca6u ma81c d9ie65n', 'Câu mắc điện'],
    ['d9u7o7ng2 nga65p', 'đường ngập'],
    ['tieesng vieetj, tieengs vieejt', 'tiếng việt, tiếng việt'],
    ['nuowcs nuwowcs nuocws nwowcs', 'nước nước nước nước'],
    ['twf nhw cwar gif', 'từ như cửa gì'],
    ['quangr thuyr hoas gieengs', 'quảng thủy hóa giếng'],
    ['Phanr anhs sau trong danh sachs', 'Phản ánh sau trong danh sách'],
    ['Car ngox ddeeuf ngaapj, ddi khoong noori', 'Cả ngõ đều ngập, đi không nổi'],
    ['Gaafn quans cafe 24h test wifi', 'Gần quán cafe 24h test wifi'],
  ])('%s', (typed, meant) => expect(decodeTelex(typed)).toBe(meant))
})

describe('what is Vietnamese, English or a code as it stands stays', () => {
  test.each([
    'duong lang',
    'ngaapj o gan ho Guom chieu hom qua',
    'a word like boos within English',
    'moon xem test pass www wifi',
    'boong xoong goong',
    'Roof of my car, see the moon too',
    'HN-240907-0113',
    'toa nha CT2 A5 B12',
    'ngo12 duong lang',
    'ăn boots',
    'Ngõ 12 Đê La Thành',
    'adds assess coffee https://www.hanoi.gov.vn/xem',
    '',
  ])('%s', (text) => expect(decodeTelex(text)).toBe(text))
})

/** All texts of the desk in a language. */
function textsOf(locale: 'vi' | 'en'): string[] {
  const folder = join(import.meta.dirname, '../../../messages', locale)
  const texts = (value: unknown): string[] =>
    typeof value === 'string' ? [value.normalize('NFC')] : Object.values(value as object).flatMap(texts)
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return files.flatMap((name) => texts(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
}
const vietnamese = textsOf('vi')
const unaccented = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')

describe('over all texts of the desk', () => {
  const words = [...new Set(vietnamese.flatMap((text) => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []))]
  const withMarks = words.filter((word) => /[^a-z]/.test(word))

  test('nearly every Vietnamese word typed in Telex is read back as it was meant', () => {
    const lost = withMarks.filter((word) => decodeTelex(`ddaauj ${telex(word)}`) !== `đậu ${word}`)
    // "beef" is an English word, "QĐ" no syllable.
    expect(lost.toSorted()).toEqual(['bề', 'qđ'])
    expect(withMarks.length).toBeGreaterThan(700)
  })

  test.each([
    ['Vietnamese', vietnamese],
    ['Vietnamese without its marks', vietnamese.map(unaccented)],
    ['English', textsOf('en')],
  ])('%s stays as it is', (_, texts) => expect(texts.filter((text) => decodeTelex(text) !== text)).toEqual([]))
})

test('a text has the same words at the same places, and the decoded ones have marks', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'adeoufjsrxwhngct 169đấ-') }), (text) => {
      const run = /[\p{L}\p{N}\p{M}]+/gu
      expect(decodeTelex(text).match(run)?.length).toBe(text.match(run)?.length)
      for (const [typed, meant] of undecodedWords(text)) expect([/[^a-z]/.test(meant), typed]).toEqual([true, typed])
    }),
  )
})
