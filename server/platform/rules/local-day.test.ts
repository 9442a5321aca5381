import { expect, test } from 'vitest'
import { dayAfter, instantAt, isoInHanoi, isValidOn, localDayNumber, localDayOf, startOfDay } from './local-day.ts'

test('a local day begins at 17:00 UTC of the day before', () => {
  expect(localDayOf(new Date('2024-09-06T16:59:59.999Z'))).toBe('2024-09-06')
  expect(localDayOf(new Date('2024-09-06T17:00:00Z'))).toBe('2024-09-07')
  expect(startOfDay('2024-09-07')).toEqual(new Date('2024-09-06T17:00:00Z'))
  expect(localDayNumber(Date.parse('1970-01-02T16:59:59.999Z'))).toBe(1)
  expect(localDayNumber(Date.parse('1970-01-02T17:00:00Z'))).toBe(2)
  expect(instantAt('2026-03-02', '08:00')).toEqual(new Date('2026-03-02T01:00:00Z'))
})

test('the clocks of Hanoi are seven hours ahead at every hour of the year: no summer time is missed', () => {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Ho_Chi_Minh',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2031, 0, 1); at += 3_600_000) {
    const instant = new Date(at)
    if (clock.format(instant).replace(' ', 'T') !== isoInHanoi(instant).slice(0, 19)) expect.fail(instant.toISOString())
  }
})

test('days follow each other over months and leap days', () => {
  expect(dayAfter('2024-02-28')).toBe('2024-02-29')
  expect(dayAfter('2024-12-31')).toBe('2025-01-01')
  expect(dayAfter('2025-03-01', -1)).toBe('2025-02-28')
})

test('a span includes its first and its last day, and open ends', () => {
  const span = { validFrom: '2025-03-01', validTo: '2025-06-30' }
  expect(['2025-02-28', '2025-03-01', '2025-06-30', '2025-07-01'].map((day) => isValidOn(span, day))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(isValidOn({ validFrom: null, validTo: null }, '2024-01-01')).toBe(true)
})
