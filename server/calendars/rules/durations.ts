import { minuteMillis } from './zoned-days.ts'

export type WorkingDuration = { days: number; hours: number; minutes: number }

/**
 * A length of working time in working days of a calendar ("2 ngày 3 giờ"); the screen provides the words. The sign is
 * dropped and a started minute counts in full, so that a running clock never shows zero.
 */
export function workingDuration(minutes: number, minutesPerDay: number): WorkingDuration {
  // Rounded to the millisecond first: a rounding error of binary fractions is not a started minute.
  const whole = Math.ceil(Math.round(Math.abs(minutes) * minuteMillis) / minuteMillis)
  const inDay = whole % minutesPerDay
  return { days: Math.floor(whole / minutesPerDay), hours: Math.floor(inDay / 60), minutes: inDay % 60 }
}
