import { asc, eq } from 'drizzle-orm'
import { calendars, calendarVersions } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { calendarIdOf } from '../rules/calendar-id.ts'
import type { CreateCalendar } from '../rules/schemas.ts'
import { changeCalendar } from './change-calendar.ts'

/** A new calendar, with a copy of all hours of another, so that any deadline can be computed with it at once. */
export async function createCalendar(ctx: Context, { name, likeId }: CreateCalendar): Promise<{ id: string }> {
  return changeCalendar(ctx, async (tx, versions) => {
    if (!versions.has(likeId)) throw new DomainError('not_found', { subject: 'calendar', id: likeId })
    const [like] = await tx.select({ zone: calendars.zone }).from(calendars).where(eq(calendars.id, likeId))
    const [taken] = await tx.select({ id: calendars.id }).from(calendars).where(eq(calendars.name, name))
    if (taken) throw new DomainError('calendar_name_taken', { name })
    const id = calendarIdOf(name, new Set(versions.keys()))
    const hours = await tx
      .select({
        validFrom: calendarVersions.validFrom,
        validTo: calendarVersions.validTo,
        weekly: calendarVersions.weekly,
      })
      .from(calendarVersions)
      .where(eq(calendarVersions.calendarId, likeId))
      .orderBy(asc(calendarVersions.validFrom))
    await tx.insert(calendars).values({ id, name, zone: like?.zone })
    if (hours.length > 0) await tx.insert(calendarVersions).values(hours.map((each) => ({ ...each, calendarId: id })))
    await recordEvent(tx, ctx, {
      event: 'calendar.created',
      subject: { kind: 'calendar', id },
      version: 1,
      details: { name, calendarId: likeId },
    })
    return { touched: 'none', result: { id } }
  })
}
