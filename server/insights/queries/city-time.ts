import type { Context } from '#server/accounts/context.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { DomainError } from '#server/platform/errors.ts'
import { workingTimes } from '#server/reports/queries/working-times.ts'

/** The office hours of the city itself: ages and coming days are counted in them, whichever agency holds a report. */
export async function cityTime(ctx: Pick<Context, 'db' | 'now'>): Promise<WorkingTime> {
  const { city } = await workingTimes(ctx)
  if (!city) throw new DomainError('city_missing')
  return city
}
