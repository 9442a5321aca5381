import { expect, test } from 'vitest'
import { daysOf } from './calendar-days.ts'
import { closed, worked } from './test-calendars.ts'

const common = { ...closed('2026-09-02'), calendarId: null }

test('a common day applies to every calendar', () => {
  expect(daysOf('offices', [common])).toEqual([closed('2026-09-02')])
})

test('a day of the calendar itself replaces the common one on that date', () => {
  const own = { ...worked('2026-09-02', [480, 720]), calendarId: 'hotline' }
  expect(daysOf('hotline', [common, own])).toEqual([worked('2026-09-02', [480, 720])])
  expect(daysOf('offices', [common, own])).toEqual([closed('2026-09-02')])
})
