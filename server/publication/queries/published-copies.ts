import { and, desc, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { publicationCopies, reports } from '#db/schema/index.ts'
import { isHeld, toldAnswers } from '#server/reports/queries/told.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { neverPublicStates } from '../rules/copy.ts'
import type { CopyCursor } from '../rules/schemas.ts'

export type PublishedFilter = {
  codes?: readonly string[]
  categoryCodes?: readonly string[]
  /** As told. */
  states?: readonly ReportState[]
  /** Not those that this source sent. */
  notFrom?: string
  /** Received at or after, and before. */
  receivedFrom?: Date
  receivedBefore?: Date
  /** Last changed at or after, and before. */
  changedFrom?: Date
  changedBefore?: Date
  cursor?: CopyCursor | null
  limit?: number
}

/** What the public may know of a report. */
export type PublishedCopy = {
  reportId: number
  code: string
  title: string
  body: string
  address: string
  point: { lon: number; lat: number } | null
  categoryCode: string
  areaId: number | null
  /** None while the decision that gave it the report can still be taken back; the same of the date. */
  agencyId: string | null
  /** As told: in progress as long as its end, or a question, was not sent to the citizen. */
  state: ReportState
  receivedAt: Date
  dueAt: Date | null
  publishedAt: Date
  /** When the report, or its copy, last changed. */
  changedAt: Date
}

const mostAtOnce = 1000

const held = isHeld(sql`${reports}`)
const told = sql`(${toldAnswers(sql`${reports}`)})`
const changedAt = sql`greatest(${reports.lastActivityAt}, ${publicationCopies.publishedAt}, ${reports.closedAt},
  case when not ${held} then ${reports.releasedAt} end, (select max(t.at) from ${told} t))`
const state = sql<ReportState>`case
  when ${reports.state} in ('answered', 'closed', 'awaiting_citizen') and ${held} then 'in_progress'
  when ${reports.state} = 'answered' and not exists ${told} then 'in_progress' else ${reports.state} end`

/**
 * The published copies, newest report first: the only way by which an entrance for the public reads reports. Texts and
 * the point are those that were reviewed, never those of the report.
 */
export async function publishedCopies(
  db: Connection,
  filter: PublishedFilter = {},
): Promise<{ copies: PublishedCopy[]; next: CopyCursor | null }> {
  const limit = Math.min(Math.max(1, filter.limit ?? 50), mostAtOnce)
  const rows = await db
    .select({
      reportId: publicationCopies.reportId,
      code: reports.code,
      title: publicationCopies.title,
      body: publicationCopies.body,
      address: publicationCopies.address,
      lon: publicationCopies.lon,
      lat: publicationCopies.lat,
      categoryCode: reports.categoryCode,
      areaId: reports.areaId,
      agencyId: sql<string | null>`case when not ${held} then ${reports.agencyId} end`,
      state,
      receivedAt: publicationCopies.receivedAt,
      dueAt: sql`case when not ${held} then ${reports.dueAt} end`.mapWith(reports.dueAt),
      publishedAt: publicationCopies.publishedAt,
      changedAt: changedAt.mapWith(publicationCopies.publishedAt),
    })
    .from(publicationCopies)
    .innerJoin(reports, eq(reports.id, publicationCopies.reportId))
    .where(and(...isPublic, ...conditionsOf(filter)))
    .orderBy(desc(publicationCopies.receivedAt), desc(publicationCopies.reportId))
    .limit(limit + 1)
  const copies = rows.slice(0, limit).map(({ lon, lat, ...row }): PublishedCopy => {
    const { title, body, address, publishedAt } = row
    // The table refuses a published copy without them.
    if (title === null || body === null || address === null || !publishedAt) throw new Error('an unreviewed copy')
    return { ...row, title, body, address, publishedAt, point: lon === null || lat === null ? null : { lon, lat } }
  })
  const last = copies.at(-1)
  return { copies, next: rows.length > limit && last ? { receivedAt: last.receivedAt, id: last.reportId } : null }
}

const isPublic = [eq(publicationCopies.state, 'published'), notInArray(reports.state, [...neverPublicStates])]

function conditionsOf(filter: PublishedFilter): (SQL | undefined)[] {
  const { codes, categoryCodes, states, notFrom, receivedFrom, receivedBefore, changedFrom, changedBefore, cursor } =
    filter
  const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`
  return [
    codes && inArray(reports.code, [...codes]),
    categoryCodes && inArray(reports.categoryCode, [...categoryCodes]),
    states && inArray(state, [...states]),
    notFrom !== undefined ? sql`${reports.source} <> ${notFrom}` : undefined,
    receivedFrom && sql`${publicationCopies.receivedAt} >= ${instant(receivedFrom)}`,
    receivedBefore && sql`${publicationCopies.receivedAt} < ${instant(receivedBefore)}`,
    changedFrom && sql`${changedAt} >= ${instant(changedFrom)}`,
    changedBefore && sql`${changedAt} < ${instant(changedBefore)}`,
    cursor
      ? sql`(${publicationCopies.receivedAt}, ${publicationCopies.reportId}) < (${instant(cursor.receivedAt)}, ${cursor.id}::bigint)`
      : undefined,
  ]
}
