import { describe, expect, test } from 'vitest'
import { withoutSearch, withSearch } from './recent-searches.ts'

describe('the latest searches', () => {
  test('are listed with the last one first, each once, and are eight at most', () => {
    const many = Array.from({ length: 10 }, (_, i) => `tìm ${i}`).reduce(withSearch, [] as string[])
    expect(many).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((i) => `tìm ${i}`))
    expect(withSearch(['ngập', 'cây đổ', 'rác'], 'CÂY ĐỔ')).toEqual(['CÂY ĐỔ', 'ngập', 'rác'])
    expect(withoutSearch(['ngập', 'cây đổ'], 'cây đổ')).toEqual(['ngập'])
  })

  test.each([
    '0912345678',
    '0912 345 678',
    '+84 912.345.678',
    '0084912345678',
    '84912345678',
    '912345678',
    '(024) 3825-3536',
    '+84 24 3825 3536',
    '091234-5678',
    '+49 151 2345 6789',
    'anh Bình 0912-345-678 cây đổ',
    'ngõ 73 0912345678',
    '',
    'x'.repeat(201),
  ])('never keep “%s”', (words) => expect(withSearch(['ngập'], words)).toEqual(['ngập']))

  test.each([
    'cây đổ',
    '1022',
    'HN-240907-0113',
    '240907-0113',
    'ngõ 12 số 345',
    'nhan:2026-09-01..2026-09-07 ngập',
    'received:01/09/2026..07/09/2026',
    '29A-123.45',
  ])('keep “%s”', (words) => expect(withSearch([], words)).toEqual([words]))
})
