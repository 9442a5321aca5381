import { expect, test } from 'vitest'
import { calendarDay, moment, writtenMoment } from './moment.ts'

test.for(['1900-01-01', '2026-03-02', '2199-12-31'])('%s is a day of the desk', (day) => {
  expect(calendarDay().parse(day)).toBe(day)
  expect(moment().parse(new Date(day))).toEqual(new Date(day))
  expect(writtenMoment().parse(`${day}T00:00:00Z`)).toBe(`${day}T00:00:00Z`)
})

test.for(['0000-01-01', '1899-12-31', '2200-01-01', '9999-12-31', '+275760-09-13', '-000001-01-01'])(
  '%s is none',
  (day) => {
    expect(calendarDay().safeParse(day).success).toBe(false)
    expect(moment().safeParse(new Date(day)).success).toBe(false)
    expect(writtenMoment().safeParse(`${day}T00:00:00Z`).success).toBe(false)
  },
)
