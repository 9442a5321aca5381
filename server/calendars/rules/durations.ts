import { minuteMillis } from './zoned-days.ts'

export type WorkingDuration = { days: number; hours: number; minutes: number }

/**
 * A length of working time in the working days of a calendar ("2 ngày 3 giờ"); the words are the screen's. The sign is
 * dropped and a begun minute counts, so that what is still running never reads as nothing.
 */
export function workingDuration(minutes: number, minutesPerDay: number): WorkingDuration {
  // To the millisecond first: a remainder of binary fractions is no begun minute.
  const whole = Math.ceil(Math.round(Math.abs(minutes) * minuteMillis) / minuteMillis)
  const inDay = whole % minutesPerDay
  return { days: Math.floor(whole / minutesPerDay), hours: Math.floor(inDay / 60), minutes: inDay % 60 }
}
