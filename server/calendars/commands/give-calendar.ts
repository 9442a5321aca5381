import { and, asc, inArray, ne, sql } from 'drizzle-orm'
import { agencies } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { GiveCalendar } from '../rules/schemas.ts'
import { changeCalendar } from './change-calendar.ts'

/** Assigns this calendar to agencies from now on; running clocks keep the calendar they began with. */
export async function giveCalendar(
  ctx: Context,
  { calendarId, agencyIds }: GiveCalendar,
): Promise<{ agencies: number }> {
  return changeCalendar(ctx, async (tx, versions) => {
    if (!versions.has(calendarId)) throw new DomainError('not_found', { subject: 'calendar', id: calendarId })
    const changed = await tx
      .select({ id: agencies.id })
      .from(agencies)
      .where(and(inArray(agencies.id, agencyIds), ne(agencies.calendarId, calendarId)))
      .orderBy(asc(agencies.id))
      .for('no key update')
    if (changed.length > 0) {
      const ids = changed.map(({ id }) => id)
      await tx
        .update(agencies)
        .set({ calendarId, version: sql`${agencies.version} + 1` })
        .where(inArray(agencies.id, ids))
      await recordEvent(tx, ctx, {
        event: 'calendar.given',
        subject: { kind: 'calendar', id: calendarId },
        details: { agencyIds: ids },
      })
    }
    return { touched: 'none', result: { agencies: changed.length } }
  })
}
