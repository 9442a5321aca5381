import { expect, test } from 'vitest'
import { formatOf } from './format.ts'

const vi = formatOf('vi')
const en = formatOf('en')
const now = new Date('2026-11-24T03:00:00Z') // 10:00 in Hanoi

test('dates and times have a fixed format, in the time zone of Hanoi', () => {
  const lateInLondon = new Date('2026-01-31T17:05:00Z')
  expect(vi.date(lateInLondon)).toBe('01/02/2026')
  expect(vi.dateTime(lateInLondon)).toBe('01/02/2026 00:05')
  expect(en.dateTime(lateInLondon)).toBe('01/02/2026 00:05')
})

test.each([
  ['2026-11-24T02:59:40Z', 'bây giờ', 'now'],
  ['2026-11-24T02:57:00Z', '3 phút trước', '3 min ago'],
  ['2026-11-24T01:00:00Z', '2 giờ trước', '2 hr ago'],
  ['2026-11-24T05:00:00Z', 'sau 2 giờ nữa', 'in 2 hr'],
  ['2026-11-23T02:00:00Z', 'hôm qua', 'yesterday'],
  ['2026-11-20T02:00:00Z', '4 ngày trước', '4 days ago'],
  ['2026-11-01T02:00:00Z', '01/11/2026', '01/11/2026'],
])('%s is %s', (at, vietnamese, english) => {
  expect(vi.relative(new Date(at), now).toLowerCase()).toBe(vietnamese)
  expect(en.relative(new Date(at), now)).toBe(english)
})

test('five minutes ago is not yesterday just after midnight', () => {
  expect(vi.relative(new Date('2026-11-23T16:58:00Z'), new Date('2026-11-23T17:03:00Z'))).toBe('5 phút trước')
})

test('a narrow column shows the time today, then the day, then the date', () => {
  expect(vi.compact(new Date('2026-11-24T01:12:00Z'), now)).toBe('08:12')
  expect(vi.compact(new Date('2026-11-23T01:12:00Z'), now)).toBe('hôm qua')
  expect(vi.compact(new Date('2026-09-08T01:12:00Z'), now)).toBe('08/09')
  expect(vi.compact(new Date('2024-09-08T01:12:00Z'), now)).toBe('08/09/2024')
})

test('the narrowest column shows the time today, then the day and month, then the year', () => {
  expect(vi.short(new Date('2026-11-24T01:12:00Z'), now)).toBe('08:12')
  expect(vi.short(new Date('2026-11-23T01:12:00Z'), now)).toBe('23/11')
  expect(vi.short(new Date('2024-09-08T01:12:00Z'), now)).toBe('2024')
})

test('below the heading of its day a time is a time, unless the day is today', () => {
  expect(vi.underDay(new Date('2026-11-24T02:57:00Z'), now)).toBe('3 phút trước')
  expect(vi.underDay(new Date('2026-11-23T16:58:00Z'), new Date('2026-11-23T17:03:00Z'))).toBe('23:58')
  expect(vi.underDay(new Date('2024-09-08T01:12:00Z'), now)).toBe('08:12')
})

test('figures have the Vietnamese format in Vietnamese', () => {
  expect(vi.number(1234567.5)).toBe('1.234.567,5')
  expect(en.number(1234567.5)).toBe('1,234,567.5')
  expect(vi.cappedCount(1204, 1000)).toBe('1.000+')
  expect(vi.cappedCount(999, 1000)).toBe('999')
})

test('lists sort by Vietnamese collation', () => {
  const names = ['Đống Đa', 'Dịch Vọng', 'Ấ', 'Ba Đình', 'Â', 'A', 'Ă', 'Phường 10', 'Phường 2']
  expect([...names].sort(vi.compare)).toEqual([
    'A',
    'Ă',
    'Â',
    'Ấ',
    'Ba Đình',
    'Dịch Vọng',
    'Đống Đa',
    'Phường 2',
    'Phường 10',
  ])
})
