import { expect, test } from 'vitest'
import { clockText, dayText, instantAt, intervalText, minuteOf } from './clock-text.ts'

test('minutes of the day as a clock shows them, and back', () => {
  expect([0, 480, 1439, 1440].map(clockText)).toEqual(['00:00', '08:00', '23:59', '24:00'])
  expect(['08:00', '8:00', '24:00'].map(minuteOf)).toEqual([480, 480, 1440])
  for (const wrong of ['', '8', '24:01', '12:60', 'tám giờ']) expect(minuteOf(wrong)).toBeNaN()
  expect(intervalText([780, 1020])).toBe('13:00–17:00')
})

test('days and times are those of Hanoi', () => {
  expect(dayText('2026-09-02')).toBe('02/09/2026')
  expect(instantAt('2026-03-02', '08:00')).toEqual(new Date('2026-03-02T01:00:00Z'))
})
