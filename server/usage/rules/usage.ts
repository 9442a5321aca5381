import { z } from 'zod'
import { DomainError } from '#server/platform/errors.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'

const most = 10_000_000_000
const count = z.int().min(0).max(most)

/** A local day of Hanoi as `YYYY-MM-DD`. */
export const usageDay = z.iso
  .date({ error: 'bad_day', abort: true })
  .refine((day) => day >= '2020-01-01' && day < '2200-01-01', 'bad_day')

export const usageInput = z.object({
  accounts: count.meta({ description: 'All accounts at the end of the day' }),
  visits: count.meta({ description: 'Visits on the day' }),
})
export type UsageInput = z.output<typeof usageInput>

/** Refuses a day in the future. */
export function assertDayHasCome(day: LocalDay, today: LocalDay): void {
  if (day > today) throw new DomainError('usage_day_ahead', { day })
}

/** The figures of one source for a period. */
export type UsageOfSource = {
  source: string
  /** The last reported day up to the end of the period; `accounts` is as of this day. */
  day: LocalDay
  accounts: number
  /** The sum over the reported days of the period; null if there are none. */
  visits: number | null
  daysReported: number
}
