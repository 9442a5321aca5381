import { and, asc, eq, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { notificationMarks, notifications } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { alwaysOpen, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { announce } from '#server/platform/announce.ts'
import { log } from '#server/platform/log.ts'
import { afterQuiet, shownAt } from '../rules/escalation.ts'
import { escalationSteps, isAboutTime, type NotificationKind } from '../rules/kinds.ts'
import { type NotifiedEvent, recipientsOf } from '../rules/recipients.ts'
import { isWatchedEvent } from '../rules/watched-events.ts'
import { RecipientLookup } from './recipient-lookup.ts'
import { readersAmong, watchersOf } from './watchers.ts'

/** Events processed in one transaction. */
const batch = 200
/** A statement accepts at most 65,534 values: notifying every dispatcher of a city of every report would need more. */
const rowsAtOnce = 5000

type Marked = NotifiedEvent & {
  id: number
  at: Date
  reportId: number
  /** The event that this one undoes. */
  undoneId: number | null
  /** It was undone before anyone was notified of it. */
  isUndone: boolean
  /** Undoing it has scheduled again the answer that it cancelled. */
  isKept: boolean
  /** The event that cancelled what this one schedules again. */
  cancellingId: number | null
  /** The running clock of the report also runs at night. */
  isDayAndNight: boolean
  /** The agency that had the report then. */
  agencyId: string | null
  heldBy: readonly string[]
  knownTo: readonly string[] | null
}
type Row = typeof notifications.$inferInsert

/**
 * Notifies the recipients of each marked event, each once. The marks are deleted in the transaction that writes the
 * notifications, so they remain after a crash. One run at a time, so that no one is notified twice. An event that fails
 * is set aside for a while and does not delay the others. Returns how many notifications were written.
 */
export async function notifyRecipients(ctx: Context): Promise<number> {
  const times = await compiledCalendars(ctx.db)
  let told = 0
  for (;;) {
    const ids = await due(ctx)
    if (ids.length > 0) told += await notifyEach(ctx, ids, times)
    if (ids.length < batch) return told
  }
}

async function due({ db, now }: Context): Promise<number[]> {
  const rows = await db
    .select({ id: notificationMarks.eventId })
    .from(notificationMarks)
    .where(or(isNull(notificationMarks.retryAt), lte(notificationMarks.retryAt, now())))
    .orderBy(asc(notificationMarks.eventId))
    .limit(batch)
  return rows.map(({ id }) => id)
}

type Times = ReadonlyMap<string, WorkingTime>

/** All events together; if that fails, in halves, until the failing event is found. */
async function notifyEach(ctx: Context, ids: readonly number[], times: Times): Promise<number> {
  try {
    return await ctx.db.transaction((tx) => notifyBatch(tx, ctx, ids, times))
  } catch (error) {
    const [first] = ids
    if (first !== undefined && ids.length === 1) {
      await setAside(ctx, first, error)
      return 0
    }
    const half = Math.ceil(ids.length / 2)
    return (await notifyEach(ctx, ids.slice(0, half), times)) + (await notifyEach(ctx, ids.slice(half), times))
  }
}

/** Retried after two minutes, then after twice as long each time, at most a day. */
async function setAside({ db, now }: Context, eventId: number, error: unknown): Promise<void> {
  const wait = sql`least(interval '1 minute' * power(2, least(attempts, 12) + 1), interval '1 day')`
  const [mark] = await db
    .update(notificationMarks)
    .set({ attempts: sql`attempts + 1`, retryAt: sql`${now().toISOString()}::timestamptz + ${wait}` })
    .where(eq(notificationMarks.eventId, eventId))
    .returning({ attempts: notificationMarks.attempts })
  if (mark)
    log.error({ err: error, eventId, attempt: mark.attempts }, 'the recipients of an event could not be notified')
}

async function notifyBatch(tx: Transaction, ctx: Context, ids: readonly number[], times: Times): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('notifications'))`)
  const marks = await tx
    .delete(notificationMarks)
    .where(sql`event_id = any(${`{${ids.join(',')}}`}::bigint[])`)
    .returning()
  // Another process has handled them in the meantime.
  if (marks.length === 0) return 0
  const book = new RecipientLookup(tx, ctx.now())
  const rows: Row[] = []
  const silenced: string[] = []
  const events = await marked(
    tx,
    marks.map(({ eventId }) => eventId),
  )
  const concernsWatchers = ({ event, isUndone }: Marked) => isWatchedEvent(event) && !isUndone
  const watched = events.filter(concernsWatchers).map(({ reportId }) => reportId)
  const watching = await watchersOf(tx, watched, ctx.now())
  for (const event of events) {
    const known = event.undoneId === null ? null : await takeBack(tx, event, event.undoneId, rows)
    silenced.push(...(known?.silenced ?? []))
    const again = event.cancellingId === null ? [] : await toldOfCancelling(tx, event.cancellingId, rows)
    silenced.push(...again.filter(({ isTold }) => !isTold).map(({ accountId }) => accountId))
    const watchers = concernsWatchers(event) ? readersAmong(watching, event) : []
    // Undone, it concerns no one; only, a scheduled answer that it cancelled may stay cancelled.
    const rules = recipientsOf(event).filter(({ kind }) => !event.isUndone || (kind === 'unscheduled' && !event.isKept))
    const writers = again.filter(({ isTold }) => isTold).map(({ accountId }) => accountId)
    const told = [
      // First, as what it cancels: of one event an account gets one notification.
      { kind: 'scheduled_again' as const, all: await book.of({ accounts: writers, roles: [] }) },
      ...(await Promise.all(rules.map(async (rule) => ({ kind: rule.kind, all: await book.of(rule) })))),
      { kind: 'watched' as const, all: watchers },
    ]
    for (const rule of told) {
      const recipients = rule.all.filter(({ id }) => known === null || known.read.has(id))
      const read = isAboutTime(rule.kind) ? await lastRead(tx, event.reportId) : new Map<string, Date>()
      for (const { id, calendarId } of recipients) {
        if (id === event.actorId) continue
        const hours = times.get(calendarId) ?? alwaysOpen
        const shown = afterQuiet(shownAt(event.at, hours, event.isDayAndNight), read.get(id) ?? null, hours)
        rows.push({
          accountId: id,
          kind: rule.kind,
          reportId: event.reportId,
          eventId: event.id,
          actorId: event.actorId,
          shownAt: shown,
        })
      }
    }
  }
  for (const accountId of new Set(silenced)) await announce(tx, { kind: 'notification', ids: null, accountId })
  if (rows.length === 0) return 0
  const written: (typeof notifications.$inferSelect)[] = []
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce)
    written.push(...(await tx.insert(notifications).values(some).onConflictDoNothing().returning()))
  }
  const now = ctx.now()
  for (const accountId of new Set(written.filter((row) => row.shownAt <= now).map((row) => row.accountId))) {
    await announce(tx, { kind: 'notification', ids: null, accountId })
  }
  return written.length
}

/**
 * Deletes the unread notifications of an undone act, as if the act had never happened; accounts that have read of it,
 * by the bell or by mail, are notified of the undo. `rows`: the notifications about to be written.
 */
async function takeBack(tx: Transaction, { details }: Marked, undoneId: number, rows: Row[]) {
  const of = eq(notifications.eventId, undoneId)
  // Undoing a change schedules the answer again that it cancelled, unless the moment of that has passed.
  const stays = (kind: NotificationKind) => kind === 'unscheduled' && !('scheduledAgain' in details)
  const isStaying = 'scheduledAgain' in details ? undefined : ne(notifications.kind, 'unscheduled')
  const gone = await tx
    .delete(notifications)
    .where(and(of, isStaying, isNull(notifications.readAt), isNull(notifications.mailedAt)))
    .returning({ accountId: notifications.accountId })
  const left = await tx.select({ accountId: notifications.accountId }).from(notifications).where(of)
  const others = rows.filter(({ eventId, kind }) => eventId !== undoneId || stays(kind))
  rows.splice(0, rows.length, ...others)
  return {
    silenced: gone.map(({ accountId }) => accountId),
    read: new Set(left.map(({ accountId }) => accountId)),
  }
}

/**
 * An answer is scheduled again: deletes the unread notification of its cancellation, and tells writers who read it.
 */
async function toldOfCancelling(tx: Transaction, cancellingId: number, rows: Row[]) {
  const others = rows.filter(({ eventId, kind }) => eventId !== cancellingId || kind !== 'unscheduled')
  rows.splice(0, rows.length, ...others)
  const of = and(eq(notifications.eventId, cancellingId), eq(notifications.kind, 'unscheduled'))
  const gone = await tx
    .delete(notifications)
    .where(and(of, isNull(notifications.readAt), isNull(notifications.mailedAt)))
    .returning({ accountId: notifications.accountId })
  const left = await tx.select({ accountId: notifications.accountId }).from(notifications).where(of)
  return [...gone.map((one) => ({ ...one, isTold: false })), ...left.map((one) => ({ ...one, isTold: true }))]
}

async function marked(tx: Transaction, ids: readonly number[]): Promise<Marked[]> {
  const rows = await tx.execute<
    Omit<Marked, 'report'> & Omit<NotifiedEvent['report'], 'agencyId'> & { holderId: string | null }
  >(sql`
    select events.id, events.at, events.event, events.actor_id as "actorId", events.details,
      events.agency_id as "agencyId", reports.held_by as "heldBy",
      case when reports.released_at > now() then reports.known_to end as "knownTo",
      reports.id as "reportId", reports.agency_id as "holderId", reports.assignee_id as "assigneeId",
      reports.asked_by_id as "askedById",
      (select author_id from report_answers where report_answers.id = (events.details ->> 'answerId')::uuid) as "answerAuthorId",
      (select asked_by_id from report_requests where report_requests.id = (events.details ->> 'requestId')::uuid)
        as "requestAskerId",
      case when events.details ? 'undoes' then (
        select undone.id from events undone where undone.report_id = events.report_id
          and undone.version = (events.details ->> 'undoes')::integer) end as "undoneId",
      case when events.details ? 'scheduledAgain' then (
        select max(cancelling.id) from events cancelling where cancelling.report_id = events.report_id
          and cancelling.id < events.id and cancelling.details ? 'unscheduled') end as "cancellingId",
      exists (select from events undoing where undoing.report_id = events.report_id and undoing.id > events.id
        and undoing.details -> 'undoes' = to_jsonb(events.version)) as "isUndone",
      exists (select from events undoing where undoing.report_id = events.report_id and undoing.id > events.id
        and undoing.details -> 'undoes' = to_jsonb(events.version) and undoing.details ? 'scheduledAgain') as "isKept",
      case when events.event = 'report.returned' then (
        select actor_id from events given where given.report_id = events.report_id and given.id < events.id
          and given.event = 'report.assigned' order by given.id desc limit 1) end as "assignerId",
      exists (select 1 from agencies
        where agencies.id = events.agency_id and only_assignee_answers) as "onlyAssigneeAnswers",
      exists (select 1 from report_clocks
        where report_clocks.report_id = reports.id and stopped_at is null and time = 'always') as "isDayAndNight"
    from events join reports on reports.id = events.report_id
    where events.id = any(${`{${ids.join(',')}}`}::bigint[]) order by events.id`)
  return [...rows].map(({ holderId, assigneeId, askedById, ...event }) => ({
    ...event,
    report: { agencyId: holderId, assigneeId, askedById },
  }))
}

/** When each account last read a notification about this report's deadline. */
async function lastRead(tx: Transaction, reportId: number): Promise<Map<string, Date>> {
  const rows = await tx.execute<{ accountId: string; readAt: Date }>(sql`
    select account_id as "accountId", max(read_at) as "readAt" from notifications
    where report_id = ${reportId} and read_at is not null
      and kind = any(${`{${escalationSteps.join(',')}}`}::text[])
    group by account_id`)
  return new Map(rows.map(({ accountId, readAt }) => [accountId, readAt]))
}
