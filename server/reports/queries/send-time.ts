import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { agencies, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { alwaysOpen } from '#server/calendars/rules/working-time.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { sendTimeInput } from '../rules/schemas.ts'
import { visibleTo } from './scope.ts'

/** What to know of a time before an answer is scheduled for it: the office hours of the agency, and the deadline. */
export async function sendTimeOf({ db, actor }: Context, { reportId, sendAt }: z.output<typeof sendTimeInput>) {
  const [[report], times] = await Promise.all([
    db
      .select({ dueAt: reports.dueAt, calendarId: agencies.calendarId })
      .from(reports)
      .leftJoin(agencies, eq(agencies.id, reports.agencyId))
      .where(and(eq(reports.id, reportId), visibleTo(actor))),
    compiledCalendars(db),
  ])
  if (!report) throw new DomainError('not_found')
  const hours = times.get(report.calendarId ?? '') ?? alwaysOpen
  const slice = hours.sliceFrom(sendAt.getTime())
  return {
    /** When the office opens next, if it is closed then. */
    opensAt: slice && slice.from > sendAt.getTime() ? new Date(slice.from) : null,
    isAfterDue: report.dueAt !== null && report.dueAt < sendAt,
  }
}
