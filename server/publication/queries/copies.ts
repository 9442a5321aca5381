import { createHash } from 'node:crypto'
import { and, desc, eq, isNull, notInArray, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import { accounts, publicationCopies, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { bestCapacity } from '#server/accounts/rules/substitution.ts'
import { DomainError } from '#server/platform/errors.ts'
import { agencyIn, visibleTo } from '#server/reports/queries/scope.ts'
import { homesNamedBy } from '../rules/clearance.ts'
import {
  agenciesReviewedBy,
  type CopyAct,
  copyActs,
  mayReview,
  neverPublicStates,
  type ProposedCopy,
  proposedCopy,
  refusalReasonForCopy,
} from '../rules/copy.ts'
import type { CopyState, WaitingCause } from '../rules/copy-states.ts'
import type { CopyTexts } from '../rules/copy-texts.ts'
import type { CopyCursor } from '../rules/schemas.ts'
import { type CopyPhoto, hasNewProof, photosOfCopy } from './copy-photos.ts'

export type CopyRow = typeof publicationCopies.$inferSelect
type Source = CopyTexts & { lon: number | null; lat: number | null }

/** Identifies texts, point and photos of a report, so that a review applies to exactly these. */
export function basisOf({ title, body, address, lon, lat }: Source, photos: readonly { fileId: string }[]): string {
  return createHash('sha256')
    .update(JSON.stringify([title, body, address, lon, lat, photos.map(({ fileId }) => fileId).sort()]))
    .digest('base64url')
}

export async function copyRow(db: Connection, reportId: number): Promise<CopyRow | null> {
  const [row] = await db.select().from(publicationCopies).where(eq(publicationCopies.reportId, reportId))
  return row ?? null
}

/** The copy of a report as its reviewers see it, beside the report. */
export type CopyView = {
  reportId: number
  code: string
  state: CopyState
  version: number
  basis: string
  cause: WaitingCause | null
  original: CopyTexts
  proposed: ProposedCopy
  /** As the reviewer left them; null while nobody has. */
  kept: CopyTexts | null
  hasPoint: boolean
  photos: CopyPhoto[]
  /** At first unless the report names a home, then as the reviewer left it. */
  showsPoint: boolean
  reviewer: string | null
  onBehalfOf: string | null
  reviewedAt: Date | null
  publishedAt: Date | null
  refusals: Record<CopyAct, string | null>
}

/** The copy is public, and proof was sent since. */
const isOvertaken = sql<boolean>`(${publicationCopies.state} = 'published' and ${hasNewProof})`

const substituted = alias(accounts, 'substituted')

export async function copyOfReport(
  { db, actor, now }: Pick<Context, 'db' | 'actor' | 'now'>,
  reportId: number,
): Promise<CopyView> {
  const [found] = await db
    .select({
      report: {
        code: reports.code,
        state: reports.state,
        agencyId: reports.agencyId,
        title: reports.title,
        body: reports.body,
        address: reports.address,
        lon: reports.lon,
        lat: reports.lat,
      },
      copy: publicationCopies,
      hasNewProof: isOvertaken,
      reviewer: accounts.name,
      onBehalfOf: substituted.name,
    })
    .from(reports)
    .leftJoin(publicationCopies, eq(publicationCopies.reportId, reports.id))
    .leftJoin(accounts, eq(accounts.id, publicationCopies.reviewerId))
    .leftJoin(substituted, eq(substituted.id, publicationCopies.reviewerFor))
    .where(and(eq(reports.id, reportId), visibleTo(actor)))
  if (!found) throw new DomainError('not_found')
  const { report, copy: row, hasNewProof: waits, reviewer, onBehalfOf } = found
  const { refusalReason } = bestCapacity(actor, (capacity) => (mayReview(capacity, report) ? null : 'forbidden'))
  if (refusalReason) throw new DomainError(refusalReason)
  const { title, body, address } = report
  const original = { title, body, address }
  const copy = isThere(row, now()) ? row : null
  const state = copy?.state ?? 'draft'
  const photos = await photosOfCopy(db, reportId)
  const refusals = copyActs.map((act) => [
    act,
    bestCapacity(actor, (capacity) => refusalReasonForCopy(capacity, act, report, { state })).refusalReason,
  ])
  return {
    reportId,
    code: report.code,
    state,
    version: row?.version ?? 0,
    basis: basisOf(report, photos),
    cause: row?.cause ?? (waits ? 'proof_sent' : null),
    original,
    proposed: proposedCopy(original),
    kept: keptTexts(copy),
    photos: photos.map(({ shownKey: _, copyFileId: __, ...photo }) => photo),
    hasPoint: report.lon !== null,
    showsPoint: copy?.title == null ? report.lon !== null && homesNamedBy(original).length === 0 : copy.lon !== null,
    reviewer: copy && reviewer,
    onBehalfOf: copy && onBehalfOf,
    reviewedAt: copy?.reviewedAt ?? null,
    publishedAt: copy?.publishedAt ?? null,
    refusals: Object.fromEntries(refusals) as CopyView['refusals'],
  }
}

/** Excludes copies that have left the public lists with their report and only wait to be emptied. */
const isThere = (copy: CopyRow | null, at: Date): copy is CopyRow =>
  copy !== null && !(copy.leavesAt !== null && copy.leavesAt <= at)

function keptTexts(copy: CopyRow | null): CopyTexts | null {
  if (copy?.title == null || copy.body === null || copy.address === null) return null
  return { title: copy.title, body: copy.body, address: copy.address }
}

const pageSize = 50

/** A report whose copy waits for review. */
export type AwaitingCopy = {
  reportId: number
  code: string
  title: string
  categoryCode: string
  receivedAt: Date
  cause: WaitingCause | null
}

/** The reports whose copies wait for this reviewer, newest first. */
export async function awaitingCopies(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  cursor: CopyCursor | null,
): Promise<{ copies: AwaitingCopy[]; next: CopyCursor | null }> {
  const agencies = agenciesReviewedBy(actor)
  const after =
    cursor &&
    sql`(${reports.receivedAt}, ${reports.id}) < (${cursor.receivedAt.toISOString()}::timestamptz, ${cursor.id}::bigint)`
  const rows = await db
    .select({
      reportId: reports.id,
      code: reports.code,
      title: reports.title,
      categoryCode: reports.categoryCode,
      receivedAt: reports.receivedAt,
      cause: sql<WaitingCause | null>`case when ${publicationCopies.state} = 'published' then 'proof_sent'
        else ${publicationCopies.cause} end`,
    })
    .from(reports)
    .leftJoin(publicationCopies, eq(publicationCopies.reportId, reports.id))
    .where(
      and(
        visibleTo(actor),
        agencies === null ? undefined : agencies.length === 0 ? sql`false` : agencyIn(agencies),
        notInArray(reports.state, [...neverPublicStates]),
        or(isNull(publicationCopies.reportId), eq(publicationCopies.state, 'draft'), isOvertaken),
        after ?? undefined,
      ),
    )
    .orderBy(desc(reports.receivedAt), desc(reports.id))
    .limit(pageSize + 1)
  const copies = rows.slice(0, pageSize)
  const last = copies.at(-1)
  return { copies, next: rows.length > pageSize && last ? { receivedAt: last.receivedAt, id: last.reportId } : null }
}
