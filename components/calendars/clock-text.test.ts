import { expect, test } from 'vitest'
import { clockText, dayText, intervalText, minuteOf } from './clock-text.ts'

test('minutes of the day as a clock shows them, and back', () => {
  expect([0, 480, 1439, 1440].map(clockText)).toEqual(['00:00', '08:00', '23:59', '24:00'])
  expect(['08:00', '8:00', '24:00'].map(minuteOf)).toEqual([480, 480, 1440])
  for (const wrong of ['', '8', '24:01', '12:60', 'tám giờ']) expect(minuteOf(wrong)).toBeNaN()
  expect(intervalText([780, 1020])).toBe('13:00–17:00')
})

test('a day in the order in which people read it', () => {
  expect(dayText('2026-09-02')).toBe('02/09/2026')
})
