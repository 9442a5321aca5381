import { and, desc, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { files, publicationCopies, publicationPhotos, reports } from '#db/schema/index.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { mayHaveChangedSince } from '#server/reports/queries/changed-since.ts'
import { isHeld, toldAnswers, toldState } from '#server/reports/queries/told.ts'
import { handledStates, type ReportState } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'
import { closedStates } from '#server/reports/rules/told-state.ts'
import { neverPublicStates } from '../rules/copy.ts'
import { publicPhotoPath } from '../rules/public-photo-path.ts'
import type { CopyCursor } from '../rules/schemas.ts'

export type PublishedFilter = {
  codes?: readonly string[]
  categoryCodes?: readonly string[]
  /** As told: whether it was answered or refused, and not only planned. */
  isEnded?: boolean
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
  /** Of the latest answer, once the citizen was sent it; its words are not reviewed for the public. */
  outcome: Outcome | null
  plannedFor: LocalDay | null
  receivedAt: Date
  dueAt: Date | null
  publishedAt: Date
  /** The public copies in the order of the report, then proof of its answers, never the original photos. */
  photos: PublishedPhoto[]
  /** When the report, or its copy, last changed. */
  changedAt: Date
}

/** The public copy of a photo, with its path on this desk. `isProof`: it came with an answer. */
export type PublishedPhoto = { path: string; isProof: boolean; width: number; height: number }

const mostAtOnce = 1000

const photos = sql<{ id: string; isProof: boolean; width: number; height: number }[]>`(
  select coalesce(json_agg(json_build_object('id', copy.id, 'isProof', hung.proof, 'width', copy.width,
    'height', copy.height) order by hung.proof, hung.position, hung.added_at, shown.file_id), '[]')
  from publication_photos shown
  join files copy on copy.id = shown.copy_file_id
  join lateral (select min(p.position) as position, min(p.added_at) as added_at, bool_and(p.kind = 'proof') as proof
    from report_photos p where p.report_id = shown.report_id and p.file_id = shown.file_id) hung on true
  where shown.report_id = ${publicationCopies.reportId})`
/** Whether the last decision on the report can be undone. */
const held = sql`(${isHeld(sql`${reports}`)} or ${publicationCopies.leavesAt} is not null)`
/** The same of one that changed what the public knows: after a follow-up, or a request for one, it stays handled. */
const hides = sql`(${held} and not (${reports.state} in ('answered', 'closed')
  and ${toldState(sql`${reports}`)} in ('answered', 'closed')))`
const told = sql`(${toldAnswers(sql`${reports}`)})`
const changedAt = sql`greatest(${reports.lastActivityAt}, ${publicationCopies.publishedAt}, ${reports.closedAt},
  case when not ${held} then ${reports.releasedAt} end, (select max(t.at) from ${told} t))`
const state = sql<ReportState>`case
  when ${reports.state} in ('answered', 'closed', 'awaiting_citizen', 'awaiting_intake', 'merged') and ${hides} then 'in_progress'
  when ${reports.state} in ('answered', 'closed') and ${held} then ${toldState(sql`${reports}`)}
  when ${reports.state} = 'answered' and not exists ${told} then 'in_progress' else ${reports.state} end`

const latest = sql<Pick<PublishedCopy, 'outcome' | 'plannedFor'> | null>`(
  select json_build_object('outcome', t.outcome, 'plannedFor', t.planned_for) from ${told} t
  order by t.at desc, t.id desc limit 1)`
const ended = sql`(${inArray(state, [...closedStates])}
  and (${state} = 'rejected' or ${latest} ->> 'outcome' is distinct from 'planned'))`

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
      agencyId: sql<string | null>`case when not ${hides} then ${reports.agencyId} end`,
      state,
      receivedAt: publicationCopies.receivedAt,
      dueAt: sql`case when not ${hides} then ${reports.dueAt} end`.mapWith(reports.dueAt),
      publishedAt: publicationCopies.publishedAt,
      latest,
      photos,
      changedAt: changedAt.mapWith(publicationCopies.publishedAt),
    })
    .from(publicationCopies)
    .innerJoin(reports, eq(reports.id, publicationCopies.reportId))
    .where(and(isPublic, ...conditionsOf(filter)))
    .orderBy(desc(publicationCopies.receivedAt), desc(publicationCopies.reportId))
    .limit(limit + 1)
  const copies = rows.slice(0, limit).map(({ lon, lat, latest, photos: shown, ...row }): PublishedCopy => {
    const { title, body, address, publishedAt } = row
    // The table refuses a published copy without them.
    if (title === null || body === null || address === null || !publishedAt) throw new Error('an unreviewed copy')
    const point = lon === null || lat === null ? null : { lon, lat }
    const listed = shown.map(({ id, ...size }) => ({ path: publicPhotoPath(row.code, id), ...size }))
    const isHandled = (handledStates as readonly ReportState[]).includes(row.state)
    const { outcome = null, plannedFor = null } = (isHandled && latest) || {}
    return { ...row, outcome, plannedFor, title, body, address, publishedAt, point, photos: listed }
  })
  const last = copies.at(-1)
  return { copies, next: rows.length > limit && last ? { receivedAt: last.receivedAt, id: last.reportId } : null }
}

/** The public copy of a photo while its publication copy is public; otherwise null. */
export async function publishedPhoto(
  db: Connection,
  { code, id }: { code: string; id: string },
): Promise<{ key: string } | 'gone' | null> {
  const [found] = await db
    .select({ key: files.publicKey, isPublic: sql<boolean>`${isPublic}` })
    .from(publicationPhotos)
    .innerJoin(publicationCopies, eq(publicationCopies.reportId, publicationPhotos.reportId))
    .innerJoin(reports, eq(reports.id, publicationPhotos.reportId))
    .innerJoin(files, and(eq(files.id, publicationPhotos.copyFileId), eq(files.purpose, 'public_copy')))
    .where(and(eq(reports.code, code), eq(publicationPhotos.copyFileId, id)))
  if (!found) return null
  return found.isPublic ? { key: found.key } : 'gone'
}

/** The title of a published copy, for the page of its reporter; null while none is published. */
export const publishedTitle = (reportId: SQL): SQL<string | null> => sql<string | null>`(
  select copy.title from publication_copies copy where copy.report_id = ${reportId} and copy.state = 'published')`

/** While a decision that ends publication can be undone, the copy stays public. */
const isPublic = and(
  eq(publicationCopies.state, 'published'),
  sql`case when ${publicationCopies.leavesAt} is not null
      then ${publicationCopies.leavesAt} > now() and ${reports.stateBefore} is distinct from 'awaiting_intake'
    when ${reports.state} = 'awaiting_intake' then ${isHeld(sql`${reports}`)}
    else ${notInArray(reports.state, [...neverPublicStates])} end`,
)

function conditionsOf(filter: PublishedFilter): (SQL | undefined)[] {
  const { codes, categoryCodes, isEnded, notFrom, cursor } = filter
  const { receivedFrom, receivedBefore, changedFrom, changedBefore } = filter
  const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`
  return [
    codes && inArray(reports.code, [...codes]),
    categoryCodes && inArray(reports.categoryCode, [...categoryCodes]),
    isEnded === undefined ? undefined : isEnded ? ended : sql`not (${ended})`,
    notFrom !== undefined ? sql`${reports.source} <> ${notFrom}` : undefined,
    receivedFrom && sql`${publicationCopies.receivedAt} >= ${instant(receivedFrom)}`,
    receivedBefore && sql`${publicationCopies.receivedAt} < ${instant(receivedBefore)}`,
    changedFrom && mayHaveChangedSince(sql`${publicationCopies.reportId}`, changedFrom),
    changedFrom && sql`${changedAt} >= ${instant(changedFrom)}`,
    changedBefore && sql`${changedAt} < ${instant(changedBefore)}`,
    cursor
      ? sql`(${publicationCopies.receivedAt}, ${publicationCopies.reportId}) < (${instant(cursor.receivedAt)}, ${cursor.id}::bigint)`
      : undefined,
  ]
}
