import { laterLimits } from '#server/platform/rules/limits.ts'
import { dayAfter, instantAt, localDayOf } from '#server/platform/rules/local-day.ts'

/** What an account has put off: until when, and since when it is back in its lists, if it is. */
export type PutOff = { until: Date; returnedAt: Date | null; byCitizen: boolean }

/** What the citizen says: it brings a report back that was put off. */
export const wakingEvents = [
  'report.citizen_replied',
  'report.information_added',
  'report.rated',
  'report.reopened',
] as const

/** Back when its time has come, or when the citizen has written before that. */
export function putOffOf({ until, wokenAt }: { until: Date; wokenAt: Date | null }, now: Date): PutOff {
  if (wokenAt && wokenAt < until) return { until, returnedAt: wokenAt, byCitizen: true }
  return { until, returnedAt: until <= now ? until : null, byCitizen: false }
}

const hour = 3_600_000
const day = 24 * hour

export type PutOffChoice = { id: 'hour' | 'afternoon' | 'tomorrow'; until: Date }

/** The times that are offered: in an hour, this afternoon as long as it is morning, and tomorrow at eight. */
export function putOffChoices(now: Date): PutOffChoice[] {
  const today = localDayOf(now)
  const inAnHour = new Date(now.getTime() + hour)
  const afternoon = instantAt(today, '13:00')
  return [
    { id: 'hour', until: inAnHour },
    ...(inAnHour < afternoon ? [{ id: 'afternoon' as const, until: afternoon }] : []),
    { id: 'tomorrow', until: instantAt(dayAfter(today), '08:00') },
  ]
}

/** Why a report cannot be put off until then, as a code for the screen; null where it can. */
export function refusalReasonToPutOff(until: Date, now: Date): 'later_passed' | 'later_too_far' | null {
  if (until <= now) return 'later_passed'
  return until.getTime() - now.getTime() > laterLimits.putOffDays * day ? 'later_too_far' : null
}
