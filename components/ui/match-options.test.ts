import { expect, test } from 'vitest'
import { beyondDoubt, matchOptions, numberedOptions } from './match-options.ts'

const options = [
  { id: 'so-gtvt', label: 'Sở Giao thông vận tải', note: 'SGTVT' },
  { id: 'dong-da', label: 'UBND phường Đống Đa', note: 'UBND Đống Đa' },
  { id: 'dong-anh', label: 'UBND xã Đông Anh' },
  { id: 'cay', label: 'Công ty Cây xanh', also: 'Tree company' },
]
const found = (typed: string) => matchOptions(options, typed).map(({ id }) => id)

test('finds by the beginnings of words, with or without accents, in any order', () => {
  expect(found('dong')).toEqual(['dong-da', 'dong-anh'])
  expect(found('da đống')).toEqual(['dong-da'])
  expect(found('SGTVT')).toEqual(['so-gtvt'])
  expect(found('tree')).toEqual(['cay'])
  expect(found('ông')).toEqual([])
})

test('puts first what begins with what was typed, and lists everything where nothing was typed', () => {
  expect(found('c')).toEqual(['cay'])
  expect(found('x')).toEqual(['dong-anh', 'cay'])
  expect(found('  ')).toHaveLength(4)
})

test('finds by the initials of consecutive words, after what begins with them', () => {
  expect(found('cx')).toEqual(['cay'])
  expect(found('gtvt')).toEqual(['so-gtvt'])
  expect(found('da')).toEqual(['dong-da', 'dong-anh'])
  expect(found('xc')).toEqual([])
  expect(found('cx da')).toEqual([])
})

test('puts usual choices before other matches', () => {
  const usual = options.map((option) => ({ ...option, uses: { 'dong-anh': 2, cay: 1 }[option.id] ?? 0 }))
  expect(matchOptions(usual, 'x').map(({ id }) => id)).toEqual(['dong-anh', 'cay'])
  expect(matchOptions(usual, 'dong').map(({ id }) => id)).toEqual(['dong-anh', 'dong-da'])
})

test('puts what is likely here after the usual and before the rest', () => {
  const likely = options.map((option) => ({ ...option, isLikely: option.id !== 'dong-da' }))
  expect(matchOptions(likely, 'dong').map(({ id }) => id)).toEqual(['dong-anh', 'dong-da'])
  const usual = likely.map((option) => ({ ...option, uses: option.id === 'dong-da' ? 1 : 0 }))
  expect(matchOptions(usual, 'dong').map(({ id }) => id)).toEqual(['dong-da', 'dong-anh'])
})

test('is certain of the only match, of the usual one, and of the only one that is likely here', () => {
  const [only, other] = [
    { id: 'a', label: 'A' },
    { id: 'b', label: 'B' },
  ]
  expect(beyondDoubt([])).toBeUndefined()
  expect(beyondDoubt([only])).toBe(only)
  expect(beyondDoubt([only, other])).toBeUndefined()
  const usual = { ...only, uses: 1 }
  expect(beyondDoubt([usual, { ...other, uses: 1 }])).toBe(usual)
  const likely = { ...only, isLikely: true }
  expect(beyondDoubt([likely, other])).toBe(likely)
  expect(beyondDoubt([likely, { ...other, isLikely: true }])).toBeUndefined()
})

test('keeps what belongs to one group together, at the place of its first match', () => {
  const categories = [
    { id: 'lamp', label: 'Đèn đường không sáng', group: 'Chiếu sáng' },
    { id: 'post', label: 'Cột đèn nghiêng', group: 'Chiếu sáng' },
    { id: 'light', label: 'Đèn tín hiệu', group: 'Giao thông' },
  ]
  expect(matchOptions(categories, 'den').map(({ id }) => id)).toEqual(['lamp', 'post', 'light'])
})

test('numbers up to nine matches, except where a digit is text', () => {
  const teams = Array.from({ length: 12 }, (_, i) => ({ id: `t${i + 1}`, label: `Đội ${i + 1}` }))
  const under = (typed: string) =>
    [...numberedOptions(matchOptions(teams, typed), typed).entries()].map(([digit, { id }]) => `${digit}:${id}`)
  expect(under('doi')).toEqual(['1:t1', '2:t2', '3:t3', '4:t4', '5:t5', '6:t6', '7:t7', '8:t8', '9:t9'])
  expect(under('doi ')).toEqual([])
  expect(under('doi 1')).toEqual([])
  expect(under('đội')).toHaveLength(9)
  expect(under('khong co')).toEqual([])
})
