import { z } from 'zod'
import { DomainError } from '#server/platform/errors.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'

const most = 10_000_000_000
const count = z.int().min(0).max(most)

/** A day of the desk. */
export const usageDay = z.iso
  .date({ error: 'bad_day', abort: true })
  .refine((day) => day >= '2020-01-01' && day < '2200-01-01', 'bad_day')

export const usageInput = z.object({
  accounts: count.meta({ description: 'All accounts at the end of the day' }),
  visits: count.meta({ description: 'Visits on the day' }),
})
export type UsageInput = z.output<typeof usageInput>

/** Figures of a day that has not come cannot be known. */
export function assertDayHasCome(day: LocalDay, today: LocalDay): void {
  if (day > today) throw new DomainError('usage_day_ahead', { day })
}

/** What one source reported of a period. */
export type UsageOfSource = {
  source: string
  /** The last day reported until the end of the period, and all accounts then. */
  day: LocalDay
  accounts: number
  /** Of the days of the period that were reported; null where none was. */
  visits: number | null
  daysReported: number
}
