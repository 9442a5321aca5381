import { describe, expect, test } from 'vitest'
import { deadlineNow } from './countdown.ts'

const at = (time: string) => new Date(`2026-03-02T${time}:00+07:00`)
const row = (kind: 'in_time' | 'soon' | 'overdue', minutes: number, clockTime: string | null = 'office') => ({
  deadline: { kind, minutes, minutesPerDay: 480, dueAt: at('16:00'), soonAt: at('15:00'), pausedAt: null },
  clockTime,
  countedAt: at('14:00'),
  openTime: { office: 1000, city: 5000 },
})

describe('a row counts down', () => {
  test('by the working minutes that have passed on its calendar', () => {
    expect(deadlineNow(row('in_time', 120), at('14:30'), { office: 1030 })).toMatchObject({
      kind: 'in_time',
      minutes: 90,
    })
  })
  test('not at all while its calendar is closed', () => {
    expect(deadlineNow(row('in_time', 120), at('14:30'), { office: 1000 }).minutes).toBe(120)
  })
  test('into the last quarter, and past the due instant', () => {
    expect(deadlineNow(row('in_time', 120), at('15:00'), { office: 1060 })).toMatchObject({ kind: 'soon', minutes: 60 })
    expect(deadlineNow(row('soon', 60), at('16:20'), { office: 1080 })).toMatchObject({ kind: 'overdue', minutes: 20 })
  })
  test('and increases once it is overdue, by the city’s calendar', () => {
    const late = { ...row('overdue', 30), deadline: { ...row('overdue', 30).deadline, dueAt: at('13:30') } }
    const openNow = { office: 1000, city: 5045 }
    expect(deadlineNow(late, at('14:45'), openNow)).toMatchObject({ kind: 'overdue', minutes: 75 })
    const atNight = { ...late, clockTime: 'always', deadline: { ...late.deadline, minutesPerDay: 1440 } }
    expect(deadlineNow(atNight, at('14:30'), openNow)).toMatchObject({ kind: 'overdue', minutes: 60 })
  })
  test('by real time where the clock runs day and night', () => {
    expect(deadlineNow(row('in_time', 120, 'always'), at('14:30'), { office: 1000 }).minutes).toBe(90)
  })
})

test('a paused row and one without a deadline stay as they are', () => {
  for (const kind of ['paused', 'none'] as const) {
    const still = { ...row('in_time', 0), deadline: { ...row('in_time', 0).deadline, kind, dueAt: null } }
    expect(deadlineNow(still, at('15:00'), { office: 2000 })).toBe(still.deadline)
  }
})
