import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { calendarDays } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { type Changes, changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { DayInput, SaveDay } from '../rules/schemas.ts'
import { type CalendarVersions, changeCalendar } from './change-calendar.ts'

type Day = typeof calendarDays.$inferSelect
type Saved = { id: string; version: number }

/** The name in the log for days of every calendar. */
export const everyCalendar = 'all'

/** Adds a day that differs from the weekly hours, or edits it. Proposed days close no office and move no deadline. */
export async function saveDay(ctx: Context, { id, version, ...fields }: SaveDay): Promise<Saved> {
  return changeCalendar(ctx, async (tx, versions) => {
    assertKnown(versions, fields.calendarId)
    await assertFree(tx, fields, id)
    if (id === null) return { touched: touchedBy(fields), result: await addDay(tx, ctx, fields) }
    const day = await lockDay(tx, { id, version })
    const changes = changesBetween(day, fields)
    if (isUnchanged(changes)) return { touched: 'none', result: { id, version: day.version } }
    const result = await writeDay(tx, ctx, day, 'calendar.day_changed', { ...fields }, changes)
    const moved = day.calendarId !== fields.calendarId
    const silent = day.status === 'proposed' && fields.status === 'proposed'
    return { touched: silent ? 'none' : moved ? null : fields.calendarId, result }
  })
}

/** Confirms a proposed day: from now on it counts. */
export async function confirmDay(ctx: Context, input: DayInput): Promise<Saved> {
  return changeCalendar(ctx, async (tx) => {
    const day = await lockDay(tx, input)
    if (day.status === 'confirmed') return { touched: 'none', result: { id: day.id, version: day.version } }
    const change = { status: 'confirmed' } as const
    const result = await writeDay(tx, ctx, day, 'calendar.day_confirmed', change, changesBetween(day, change))
    return { touched: day.calendarId, result }
  })
}

export async function removeDay(ctx: Context, input: DayInput): Promise<{ id: string }> {
  return changeCalendar(ctx, async (tx) => {
    const day = await lockDay(tx, input)
    await tx.delete(calendarDays).where(eq(calendarDays.id, day.id))
    const { date, name, kind, intervals, status } = day
    await recordEvent(tx, ctx, {
      event: 'calendar.day_removed',
      subject: { kind: 'calendar', id: day.calendarId ?? everyCalendar },
      details: { dayId: day.id, date, name, kind, intervals: intervals ? [intervals, null] : undefined, status },
    })
    return { touched: touchedBy(day), result: { id: day.id } }
  })
}

const touchedBy = ({ status, calendarId }: Pick<Day, 'status' | 'calendarId'>) =>
  status === 'proposed' ? ('none' as const) : calendarId

async function addDay(tx: Transaction, ctx: Context, fields: Omit<SaveDay, 'id' | 'version'>): Promise<Saved> {
  const [day] = await tx
    .insert(calendarDays)
    .values({ ...fields, updatedAt: ctx.now() })
    .returning({ id: calendarDays.id, version: calendarDays.version })
  if (!day) throw new Error('no day was written')
  await recordEvent(tx, ctx, {
    event: 'calendar.day_added',
    subject: { kind: 'calendar', id: fields.calendarId ?? everyCalendar },
    version: day.version,
    details: { dayId: day.id, ...changesFromNothing(fields) },
  })
  return day
}

async function writeDay(
  tx: Transaction,
  ctx: Context,
  day: Day,
  event: EventName,
  fields: Partial<Day>,
  changes: Changes,
): Promise<Saved> {
  const version = day.version + 1
  await tx
    .update(calendarDays)
    .set({ ...fields, version, updatedAt: ctx.now() })
    .where(eq(calendarDays.id, day.id))
  await recordEvent(tx, ctx, {
    event,
    subject: { kind: 'calendar', id: day.calendarId ?? everyCalendar },
    version,
    details: { dayId: day.id, date: day.date, name: day.name, ...changes },
  })
  return { id: day.id, version }
}

async function lockDay(tx: Transaction, { id, version }: DayInput): Promise<Day> {
  const [day] = await tx.select().from(calendarDays).where(eq(calendarDays.id, id)).for('update')
  if (!day) throw new DomainError('not_found', { subject: 'calendar_day', id })
  if (day.version !== version) {
    const subject = { kind: 'calendar', id: day.calendarId ?? everyCalendar } as const
    throw await conflictOver(tx, subject, day.version, { key: 'dayId', value: id })
  }
  return day
}

function assertKnown(versions: CalendarVersions, calendarId: string | null): void {
  if (calendarId !== null && !versions.has(calendarId)) {
    throw new DomainError('not_found', { subject: 'calendar', id: calendarId })
  }
}

/** One entry per calendar and date: a second one would silently override the first. */
async function assertFree(
  tx: Transaction,
  { calendarId, date }: SaveDay | Omit<SaveDay, 'id' | 'version'>,
  id: string | null,
) {
  const [taken] = await tx
    .select({ name: calendarDays.name })
    .from(calendarDays)
    .where(
      and(
        calendarId === null ? isNull(calendarDays.calendarId) : eq(calendarDays.calendarId, calendarId),
        eq(calendarDays.date, date),
        id === null ? undefined : ne(calendarDays.id, id),
      ),
    )
  if (taken) throw new DomainError('calendar_day_taken', { date, name: taken.name })
}
