import { and, desc, eq, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { accounts, agencies, areas, categories, events, notifications, reports, riskActions } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { textArray, visibleTo } from '#server/reports/queries/scope.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import type { NotificationKind } from '../rules/kinds.ts'
import type { OwnedRisk } from '../rules/risks.ts'
import type { notificationPageInput } from '../rules/schemas.ts'
import { isWatchedEvent, type WatchedName, watchedNameOf } from '../rules/watched-events.ts'

const pageSize = 30
const mostCounted = 100

const wordsShown = 200

/** Only of a note that is still on the report: a split may have moved it. */
const mentioningWords = sql<string | null>`case when ${notifications.kind} = 'mentioned' then (
  select left(n.body, ${sql.raw(String(wordsShown))}) from report_notes n
  where n.id = (events.details ->> 'noteId')::uuid and n.report_id = ${notifications.reportId}) end`

/** How much of a risk an agency had, what and where of many at one place, and the address that opens these. */
export type NotifiedRisk = {
  kind: OwnedRisk
  count: number
  agencyId: string
  agency: string
  topic: { name: string; nameEn: string } | null
  area: string | null
  href: string
}

export type Notification = {
  id: number
  kind: NotificationKind
  /** Null where it is about a risk, and no single report. */
  code: string | null
  title: string | null
  state: ReportState | null
  risk: NotifiedRisk | null
  dueAt: Date | null
  /** The deadline that was granted, where the notification is about an extension. */
  extendedTo: Date | null
  by: string | null
  /** What happened to a report that the account watches. */
  what: WatchedName | null
  /** The beginning of the note that mentions the account. */
  words: string | null
  shownAt: Date
  readAt: Date | null
}

/** The account's notifications, newest first. What has left its scope is no longer named. */
export async function notificationPage(ctx: Context, { before, unreadOnly }: z.output<typeof notificationPageInput>) {
  const rows = await ctx.db
    .select({
      id: notifications.id,
      kind: notifications.kind,
      code: reports.code,
      title: reports.title,
      state: reports.state,
      risk: {
        kind: riskActions.kind,
        count: riskActions.count,
        agencyId: riskActions.agencyId,
        agency: agencies.name,
        topicName: categories.name,
        topicNameEn: categories.nameEn,
        area: areas.shortName,
        href: riskActions.address,
      },
      dueAt: reports.dueAt,
      extendedTo: sql<Date | null>`(select (e.details -> 'dueAt' ->> 1)::timestamptz from events e
        where e.id = ${notifications.eventId} and e.event = 'report.extended')`.mapWith(reports.dueAt),
      by: accounts.name,
      event: events.event,
      words: mentioningWords,
      shownAt: notifications.shownAt,
      readAt: notifications.readAt,
    })
    .from(notifications)
    .leftJoin(reports, eq(reports.id, notifications.reportId))
    .leftJoin(riskActions, eq(riskActions.id, notifications.riskActionId))
    .leftJoin(agencies, eq(agencies.id, riskActions.agencyId))
    .leftJoin(categories, eq(categories.code, riskActions.categoryCode))
    .leftJoin(areas, eq(areas.id, riskActions.areaId))
    .leftJoin(accounts, eq(accounts.id, notifications.actorId))
    .leftJoin(events, eq(events.id, notifications.eventId))
    .where(
      and(
        shownTo(ctx),
        namedTo(ctx.actor),
        unreadOnly ? isNull(notifications.readAt) : undefined,
        before
          ? sql`(${notifications.shownAt}, ${notifications.id}) < (${before.shownAt.toISOString()}::timestamptz, ${before.id})`
          : undefined,
      ),
    )
    .orderBy(desc(notifications.shownAt), desc(notifications.id))
    .limit(pageSize + 1)
  const page = rows.slice(0, pageSize).map((row) => withWhat({ ...row, risk: riskOf(row.risk) }))
  const last = page.at(-1)
  return {
    items: page,
    next: rows.length > pageSize && last ? { shownAt: last.shownAt, id: last.id } : null,
    asOf: ctx.now(),
  }
}

const withWhat = ({ event, ...row }: Omit<Notification, 'what'> & { event: string | null }): Notification => ({
  ...row,
  what:
    (row.kind === 'watched' || row.kind === 'unscheduled' || row.kind === 'scheduled_again') &&
    event !== null &&
    isWatchedEvent(event)
      ? watchedNameOf(event)
      : null,
})

/** The number of unread notifications, up to a hundred. */
export async function unreadCount(ctx: Context): Promise<{ count: number }> {
  const [row] = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select 1 from notifications left join reports on ${reports.id} = ${notifications.reportId}
      left join risk_actions on ${riskActions.id} = ${notifications.riskActionId}
      where ${shownTo(ctx)} and ${notifications.readAt} is null and ${namedTo(ctx.actor)}
      limit ${sql.raw(String(mostCounted))}) as unread`)
  return { count: row?.count ?? 0 }
}

/**
 * Whether what a notification is about is in the scope of the account: its report, or the agency that owns the risk.
 */
export function namedTo(actor: Actor): SQL {
  const scope = scopeOf(actor)
  if (scope.all) return sql`true`
  return sql`(case when ${notifications.reportId} is null
    then ${riskActions.agencyId} = any(${textArray(scope.agencyIds)}) else ${visibleTo(actor)} end)`
}

type Nullable<Row> = { [Column in keyof Row]: Row[Column] | null }
type RiskColumns = Nullable<Omit<NotifiedRisk, 'topic'> & { topicName: string; topicNameEn: string }>

function riskOf(row: RiskColumns): NotifiedRisk | null {
  const { kind, count, agencyId, agency, topicName, topicNameEn, area, href } = row
  if (kind === null || count === null || agencyId === null || agency === null || href === null) return null
  const topic = topicName === null ? null : { name: topicName, nameEn: topicNameEn ?? topicName }
  return { kind, count, agencyId, agency, topic, area, href }
}

function shownTo({ actor, now }: Context): SQL | undefined {
  return and(sql`${notifications.accountId} = ${actor.id}::uuid`, lte(notifications.shownAt, now()))
}
