import { and, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAnswerVersion } from '#db/factories/report-parts.ts'
import type { BuiltReport } from '#db/factories/reports.ts'
import { files, reportAnswers, reportPhotos, reports } from '#db/schema/index.ts'
import { hoursAgo } from '#e2e/office.ts'
import { queueJob } from '#server/platform/jobs.ts'

/** The time in which the last decision can be taken back is over, and an answer that waited for it is sent. */
export async function letUndoPass(db: Database, id: number): Promise<void> {
  const now = new Date()
  await db.update(reports).set({ releasedAt: now }).where(eq(reports.id, id))
  const waiting = and(eq(reportAnswers.reportId, id), eq(reportAnswers.status, 'queued'))
  const due = await db.update(reportAnswers).set({ sendAt: now }).where(waiting).returning({ id: reportAnswers.id })
  for (const { id: answerId } of due)
    await queueJob(db, 'send_answer', { answerId }, { jobKey: `send_answer:${answerId}` })
}

/**
 * An answer that was sent back and one that waits for approval, each with a photo of its own; a third photo is in
 * neither. Returns the photos of the two.
 */
export async function buildVersions(
  db: Database,
  report: BuiltReport,
  authorId: string,
  sentBack: string,
  waiting: string,
): Promise<[string, string]> {
  const stored = await db.select({ id: files.id }).from(files).where(eq(files.purpose, 'report_photo')).limit(3)
  const [first, second, later] = stored.map(({ id }) => id) as [string, string, string]
  for (const [position, fileId] of [first, second, later].entries())
    await db.insert(reportPhotos).values({ reportId: report.id, fileId, kind: 'proof', position, addedAt: hoursAgo(4) })
  const by = { report, authorId }
  await buildAnswerVersion(db, { ...by, what: sentBack, status: 'sent_back', photoIds: [first], at: hoursAgo(1.5) })
  await buildAnswerVersion(db, { ...by, what: waiting, status: 'submitted', photoIds: [second], at: hoursAgo(1) })
  return [first, second]
}
