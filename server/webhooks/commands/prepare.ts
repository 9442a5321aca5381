import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { apiClients, reports, webhookDeliveries, webhookMarks, webhooks } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { agenciesBelow } from '#server/agencies/queries.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { log } from '#server/platform/log.ts'
import { publicStateOf } from '#server/reports/rules/citizen-view.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { type ToldReport, toldBulletins, toldReports } from '../queries/told.ts'
import { kindOf, type WebhookKind } from '../rules/kinds.ts'
import { type BulletinData, bodyOf } from '../rules/payload.ts'

/** Events per transaction. */
const batch = 200
/** Notifications in one statement, which takes 65,534 values. One event has many where many reports were merged. */
const rowsAtOnce = 1000

type Marked = {
  id: number
  at: string
  event: string
  reportId: number | null
  subjectId: string | null
  fromState: ReportState | null
  isUndone: boolean
}
type Subscriber = {
  id: string
  kinds: readonly string[]
  /** Null: the whole city. */
  agencyIds: ReadonlySet<string> | null
  source: string | null
  createdAt: Date
}
type Told = ToldReport['data'] | Omit<BulletinData, 'as_of'>
type Row = typeof webhookDeliveries.$inferInsert

/**
 * Converts marked events into deliveries, one for each webhook that they concern. A mark is deleted in the transaction
 * that writes the deliveries, so none is lost or duplicated, with any number of workers. Events that can still be
 * undone wait. Returns the number of deliveries.
 */
export async function prepareDeliveries(ctx: Context): Promise<number> {
  let written = 0
  for (;;) {
    const ids = await dueMarks(ctx)
    if (ids.length > 0) written += await prepareEach(ctx, ids)
    if (ids.length < batch) return written
  }
}

async function dueMarks({ db, now }: Context): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select event_id as id from webhook_marks where due_at <= ${now().toISOString()}::timestamptz
    order by due_at, event_id limit ${batch}`)
  return rows.map(({ id }) => Number(id))
}

/** Prepares all together; after a failure it divides them until the failing event is found and postponed. */
async function prepareEach(ctx: Context, ids: readonly number[]): Promise<number> {
  try {
    return await ctx.db.transaction((tx) => prepareBatch(tx, ctx, ids))
  } catch (error) {
    const [first] = ids
    if (first !== undefined && ids.length === 1) {
      await setAside(ctx, first, error)
      return 0
    }
    const half = Math.ceil(ids.length / 2)
    return (await prepareEach(ctx, ids.slice(0, half))) + (await prepareEach(ctx, ids.slice(half)))
  }
}

async function setAside({ db, now }: Context, eventId: number, error: unknown): Promise<void> {
  const wait = sql`least(interval '1 minute' * power(2, least(attempts, 12) + 1), interval '1 day')`
  await db
    .update(webhookMarks)
    .set({ attempts: sql`attempts + 1`, dueAt: sql`${now().toISOString()}::timestamptz + ${wait}` })
    .where(eq(webhookMarks.eventId, eventId))
  log.error({ err: error, eventId }, 'the webhooks of an event could not be prepared')
}

async function prepareBatch(tx: Transaction, ctx: Context, ids: readonly number[]): Promise<number> {
  const marks = await tx.execute<{ id: number }>(sql`
    delete from webhook_marks where event_id in (
      select event_id from webhook_marks where event_id = any(${`{${ids.join(',')}}`}::bigint[]) for update skip locked)
    returning event_id as id`)
  if (marks.length === 0) return 0
  const events = await markedEvents(
    tx,
    marks.map(({ id }) => Number(id)),
  )
  const subscribers = await readSubscribers(tx)
  if (subscribers.length === 0) return 0
  const ofReports = events.flatMap(({ reportId }) => (reportId === null ? [] : [Number(reportId)]))
  const merged = await mergedInto(tx, ofReports)
  const told = await toldReports(tx, [...ofReports, ...[...merged.values()].flat()])
  const bulletins = await toldBulletins(
    tx,
    events.flatMap(({ reportId, subjectId }) => (reportId === null && subjectId !== null ? [subjectId] : [])),
  )
  const asOf = ctx.now()
  const rows: Row[] = []
  for (const { id, at, event, reportId, subjectId, fromState, isUndone } of events) {
    const kind = kindOf(event)
    if (kind === null || isUndone) continue
    const tell = (as: WebhookKind, about: string, data: Told, concerned = (_: Subscriber) => true) => {
      const interested = subscribers.filter(
        (webhook) => webhook.kinds.includes(as) && webhook.createdAt <= new Date(at) && concerned(webhook),
      )
      if (interested.length === 0) return
      const body = bodyOf(as, new Date(at), { ...data, as_of: asOf.toISOString() })
      const row = { eventId: id, kind: as, about, body, state: 'waiting' as const, createdAt: asOf, nextTryAt: asOf }
      rows.push(...interested.map(({ id: webhookId }) => ({ ...row, webhookId })))
    }
    if (reportId === null) {
      const bulletin = bulletins.get(subjectId ?? '')
      if (bulletin) tell(kind, bulletin.slug, bulletin)
      continue
    }
    const report = told.get(Number(reportId))
    if (!report) continue
    if (report.heldUntil) {
      await tx.insert(webhookMarks).values({ eventId: id, dueAt: report.heldUntil })
      continue
    }
    if (isNews(kind, fromState, report)) {
      tell(kind, report.data.code, report.data, (webhook) => concerns(webhook, report))
    }
    // Merged reports share the outcome of their canonical report, which for them is a change of state.
    for (const mergedId of merged.get(Number(reportId)) ?? []) {
      const follower = told.get(mergedId)
      if (!follower || follower.heldUntil || !isNewsOfMerged(fromState, follower)) continue
      tell('report.state_changed', follower.data.code, follower.data, (webhook) => concerns(webhook, follower))
    }
  }
  let written = 0
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce)
    const inserted = await tx.insert(webhookDeliveries).values(some).onConflictDoNothing().returning({ id: sql`1` })
    written += inserted.length
  }
  return written
}

/** A change of state is only sent if the public state differs from before. */
function isNews(kind: WebhookKind, from: ReportState | null, { data }: ToldReport): boolean {
  if (kind !== 'report.state_changed' || from === null || from === 'merged') return true
  return publicStateOf[from] !== data.state
}

const isNewsOfMerged = (from: ReportState | null, { data }: ToldReport): boolean =>
  from !== null && from !== 'merged' && publicStateOf[from] !== data.state

async function mergedInto(tx: Transaction, ids: readonly number[]): Promise<Map<number, number[]>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: reports.id, into: reports.mergedIntoId })
    .from(reports)
    .where(inArray(reports.mergedIntoId, [...new Set(ids)]))
  const found = new Map<number, number[]>()
  for (const { id, into } of rows) {
    if (into !== null) found.set(into, [...(found.get(into) ?? []), id])
  }
  return found
}

function concerns({ agencyIds, source }: Subscriber, report: ToldReport): boolean {
  if (source !== null && source !== report.source) return false
  return agencyIds === null || report.readers.some((id) => agencyIds.has(id))
}

async function markedEvents(tx: Transaction, ids: readonly number[]): Promise<Marked[]> {
  const rows = await tx.execute<Marked>(sql`
    select e.id, e.at, e.event, e.report_id as "reportId", e.subject_id as "subjectId", e.from_state as "fromState",
      e.report_id is not null and exists (select from events undoing where undoing.report_id = e.report_id
        and undoing.id > e.id and undoing.details -> 'undoes' = to_jsonb(e.version)) as "isUndone"
    from events e where e.id = any(${`{${ids.join(',')}}`}::bigint[]) order by e.id`)
  return rows.map((row) => ({ ...row, id: Number(row.id) }))
}

/** Paused webhooks are included, so that their deliveries wait. */
async function readSubscribers(tx: Transaction): Promise<Subscriber[]> {
  const rows = await tx
    .select({
      id: webhooks.id,
      kinds: webhooks.kinds,
      agencyId: webhooks.agencyId,
      clientId: webhooks.clientId,
      createdAt: webhooks.createdAt,
    })
    .from(webhooks)
    .leftJoin(apiClients, eq(apiClients.id, webhooks.clientId))
    .where(and(ne(webhooks.state, 'ended'), or(isNull(webhooks.clientId), isNull(apiClients.revokedAt))))
  return Promise.all(
    rows.map(async ({ agencyId, clientId, ...row }) => ({
      ...row,
      agencyIds: agencyId === null ? null : new Set(await agenciesBelow(tx, [agencyId])),
      source: clientId === null ? null : sourceOf(clientId),
    })),
  )
}
