import { and, desc, eq, gt, notExists, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, files, publicationCopies, publicationPhotos, reportPhotos, reports } from '#db/schema/index.ts'
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

const minute = 60_000
/** Public lists cover ninety days. */
const reachDays = 60

/**
 * Publishes some reports of the demo city with the texts that the rules propose and with citizens' photos. The other
 * reports wait for review. A later run adds copies that have been sent back since.
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
    for (const [index, report] of chosen.entries()) {
      const reviewedAt = new Date(today.getTime() - (index + 1) * 20 * minute)
      const { texts } = proposedCopy(report)
      const showsPoint = homesNamedBy(report).length === 0
      await tx.insert(publicationCopies).values({
        ...{ reportId: report.id, receivedAt: report.receivedAt, state, ...texts },
        ...(showsPoint && { lon: report.lon, lat: report.lat }),
        ...{ reviewerId: reviewer.id, reviewedAt, publishedAt: state === 'published' ? reviewedAt : null },
      })
      if (state === 'published') await showPhotos(tx, report.id, reviewedAt)
    }
  }
}

function unreviewed(tx: Transaction, today: Date, { of, most }: { of: ReportState; most: number }) {
  const since = new Date(today.getTime() - reachDays * 24 * 60 * minute)
  const copies = tx.select({ one: sql`1` }).from(publicationCopies).where(eq(publicationCopies.reportId, reports.id))
  return tx
    .select()
    .from(reports)
    .where(and(eq(reports.source, 'demo'), eq(reports.state, of), gt(reports.receivedAt, since), notExists(copies)))
    .orderBy(desc(sql`${reports.photoCount} > 0`), desc(reports.receivedAt))
    .limit(most)
}

/** Photos of the demo city are drawings with nothing to hide, so their public copies have the same content. */
async function showPhotos(tx: Transaction, reportId: number, at: Date): Promise<void> {
  const photos = await tx
    .select({ file: files })
    .from(reportPhotos)
    .innerJoin(files, eq(files.id, reportPhotos.fileId))
    .where(and(eq(reportPhotos.reportId, reportId), eq(reportPhotos.kind, 'citizen')))
  for (const { file } of photos) {
    const { id, ...row } = file
    const copy = { ...row, originalKey: row.publicKey, purpose: 'public_copy' as const, ownerId: null, createdAt: at }
    const [stored] = await tx
      .insert(files)
      .values({ ...copy, attachedAt: at })
      .onConflictDoUpdate({ target: [files.sha256, files.purpose, files.ownerId], set: { attachedAt: at } })
      .returning({ id: files.id })
    if (!stored) throw new Error('no file was written')
    await tx.insert(publicationPhotos).values({ reportId, fileId: id, isShown: true, copyFileId: stored.id })
  }
}
