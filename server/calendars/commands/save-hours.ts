import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { calendarVersions } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { assertNotBegun } from '../rules/hours-versions.ts'
import type { RemoveHours, SaveHours } from '../rules/schemas.ts'
import { type CalendarVersions, changeCalendar } from './change-calendar.ts'

/** Adds weekly hours from a day on, or edits hours that have not begun. */
export async function saveHours(ctx: Context, { id, version, ...fields }: SaveHours): Promise<{ id: string }> {
  return changeCalendar(ctx, async (tx, versions) => {
    const { calendarId } = fields
    await assertSeen(tx, versions, calendarId, version)
    assertNotBegun(fields, localDayOf(ctx.now()))
    await assertFree(tx, fields, id)
    const subject = { kind: 'calendar', id: calendarId } as const
    if (id === null) {
      const [hours] = await tx.insert(calendarVersions).values(fields).returning({ id: calendarVersions.id })
      if (!hours) throw new Error('no hours were written')
      const details = { hoursId: hours.id, ...changesFromNothing(fields) }
      await recordEvent(tx, ctx, { event: 'calendar.hours_added', subject, version: version + 1, details })
      return { touched: calendarId, result: hours }
    }
    const hours = await hoursOf(tx, ctx, calendarId, id)
    const changes = changesBetween(hours, fields)
    if (isUnchanged(changes)) return { touched: 'none', result: { id } }
    await tx.update(calendarVersions).set(fields).where(eq(calendarVersions.id, id))
    const details = { hoursId: id, ...changes }
    await recordEvent(tx, ctx, { event: 'calendar.hours_changed', subject, version: version + 1, details })
    return { touched: calendarId, result: { id } }
  })
}

/** Removes hours that have not begun. */
export async function removeHours(ctx: Context, { calendarId, version, id }: RemoveHours): Promise<{ id: string }> {
  return changeCalendar(ctx, async (tx, versions) => {
    await assertSeen(tx, versions, calendarId, version)
    const { validFrom, validTo, weekly } = await hoursOf(tx, ctx, calendarId, id)
    await tx.delete(calendarVersions).where(eq(calendarVersions.id, id))
    await recordEvent(tx, ctx, {
      event: 'calendar.hours_removed',
      subject: { kind: 'calendar', id: calendarId },
      version: version + 1,
      details: { hoursId: id, validFrom: [validFrom, null], validTo: [validTo, null], weekly: [weekly, null] },
    })
    return { touched: calendarId, result: { id } }
  })
}

async function assertSeen(tx: Transaction, versions: CalendarVersions, calendarId: string, seen: number) {
  const version = versions.get(calendarId)
  if (version === undefined) throw new DomainError('not_found', { subject: 'calendar', id: calendarId })
  if (version !== seen) throw await conflictOver(tx, { kind: 'calendar', id: calendarId }, version)
}

async function hoursOf(tx: Transaction, ctx: Context, calendarId: string, id: string) {
  const [hours] = await tx
    .select()
    .from(calendarVersions)
    .where(and(eq(calendarVersions.id, id), eq(calendarVersions.calendarId, calendarId)))
  if (!hours) throw new DomainError('not_found', { subject: 'calendar_hours', id })
  assertNotBegun(hours, localDayOf(ctx.now()))
  return hours
}

async function assertFree(
  tx: Transaction,
  { calendarId, validFrom }: Omit<SaveHours, 'id' | 'version'>,
  id: string | null,
) {
  const [taken] = await tx
    .select({ id: calendarVersions.id })
    .from(calendarVersions)
    .where(
      and(
        eq(calendarVersions.calendarId, calendarId),
        eq(calendarVersions.validFrom, validFrom),
        id === null ? undefined : ne(calendarVersions.id, id),
      ),
    )
  if (taken) throw new DomainError('hours_taken', { from: validFrom })
}
