import { and, desc, eq, gt, ne, notExists, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import {
  accounts,
  events,
  files,
  publicationCopies,
  publicationPhotos,
  reportPhotos,
  reports,
} from '#db/schema/index.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { homesNamedBy } from '#server/publication/rules/clearance.ts'
import { proposedCopy } from '#server/publication/rules/copy.ts'
import type { CopyState } from '#server/publication/rules/copy-states.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'

/** Publication copies that a dispatcher of the city has reviewed, with their outcome. */
const reviewed: readonly { state: CopyState; of: ReportState; most: number }[] = [
  { state: 'published', of: 'closed', most: 18 },
  { state: 'published', of: 'answered', most: 6 },
  { state: 'published', of: 'in_progress', most: 6 },
  { state: 'draft', of: 'in_progress', most: 2 },
  { state: 'withdrawn', of: 'closed', most: 1 },
]

const withdrawReason = 'Ảnh còn thấy biển số xe'
const minute = 60_000
/** Public lists cover ninety days. */
const reachDays = 60

/**
 * Publishes some reports of the demo city with the texts that the rules propose and with their photos, and logs each
 * review. The other reports wait for review. A later run adds copies that have been sent back since.
 */
export async function writePublicCopies(tx: Transaction, today: Date): Promise<void> {
  const [reviewer] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, 'dieuphoi'))
  if (!reviewer) return
  for (const { state, of, most } of reviewed) {
    const kept = await tx
      .select({ id: reports.id })
      .from(publicationCopies)
      .innerJoin(reports, eq(reports.id, publicationCopies.reportId))
      .where(and(eq(publicationCopies.state, state), eq(reports.state, of)))
    const chosen = await unreviewed(tx, today, { of, most: Math.max(0, most - kept.length) })
    for (const [index, { report, lastAt }] of chosen.entries()) {
      const usual = today.getTime() - (index + 1) * 20 * minute
      const at = new Date(Math.max(usual, lastAt.getTime()))
      await review(tx, report, { state, reviewerId: reviewer.id, at })
    }
  }
}

type Review = { state: CopyState; reviewerId: string; at: Date }

/** Writes what the commands of the review would have written. A withdrawn copy was published first. */
async function review(tx: Transaction, report: Report, { state, reviewerId, at }: Review): Promise<void> {
  const { texts } = proposedCopy(report)
  const showsPoint = homesNamedBy(report).length === 0 && report.lon !== null
  await tx.insert(publicationCopies).values({
    ...{ reportId: report.id, receivedAt: report.receivedAt, state, ...texts },
    ...(showsPoint && { lon: report.lon, lat: report.lat }),
    ...{ reviewerId, reviewedAt: at, publishedAt: state === 'published' ? at : null },
    version: state === 'withdrawn' ? 2 : 1,
  })
  const log = (event: EventName, details: EventDetails = {}) =>
    tx.insert(events).values({
      ...{ at, recordedAt: null, event, details, subjectKind: 'report', reportId: report.id },
      ...{ agencyId: report.agencyId, fromState: report.state, toState: report.state },
      ...{ actorKind: 'staff', actorId: reviewerId },
    })
  if (state === 'draft') {
    await log('report.copy_saved')
    return
  }
  const photosShown = await showPhotos(tx, report.id, at)
  await log('report.copy_published', { showsPoint, ...(photosShown > 0 && { photosShown, boxes: 0 }) })
  if (state === 'withdrawn') await log('report.copy_withdrawn', { reason: withdrawReason })
}

type Report = typeof reports.$inferSelect

async function unreviewed(tx: Transaction, today: Date, { of, most }: { of: ReportState; most: number }) {
  const since = new Date(today.getTime() - reachDays * 24 * 60 * minute)
  const copies = tx.select({ one: sql`1` }).from(publicationCopies).where(eq(publicationCopies.reportId, reports.id))
  return tx
    .select({
      report: reports,
      lastAt: sql`(select max(e.at) from events e where e.report_id = reports.id)`.mapWith(reports.receivedAt),
    })
    .from(reports)
    .where(and(eq(reports.source, 'demo'), eq(reports.state, of), gt(reports.receivedAt, since), notExists(copies)))
    .orderBy(desc(sql`${reports.photoCount} > 0`), desc(reports.receivedAt))
    .limit(most)
}

/** Photos of the demo city are drawings with nothing to hide, so their public copies have the same content. */
async function showPhotos(tx: Transaction, reportId: number, at: Date): Promise<number> {
  const isSentProof = sql`exists (select from answer_photos p join report_answers a on a.id = p.answer_id
    where a.report_id = ${reportId} and a.status = 'sent' and p.file_id = ${files.id})`
  const photos = await tx
    .selectDistinctOn([files.id], { file: files })
    .from(reportPhotos)
    .innerJoin(files, eq(files.id, reportPhotos.fileId))
    .where(and(eq(reportPhotos.reportId, reportId), or(ne(reportPhotos.kind, 'proof'), isSentProof)))
  for (const { file } of photos) {
    const { id: fileId, ...row } = file
    const copy = { ...row, originalKey: row.publicKey, purpose: 'public_copy' as const, ownerId: null, createdAt: at }
    const [stored] = await tx
      .insert(files)
      .values({ ...copy, attachedAt: at })
      .onConflictDoUpdate({ target: [files.sha256, files.purpose, files.ownerId], set: { attachedAt: at } })
      .returning({ id: files.id })
    if (!stored) throw new Error('no file was written')
    await tx.insert(publicationPhotos).values({ reportId, fileId, isShown: true, copyFileId: stored.id })
  }
  return photos.length
}
