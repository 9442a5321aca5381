import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { type BuiltAgency, buildAgency } from '#db/factories/agencies.ts'
import { storyOf } from '#db/factories/story.ts'
import { agencies, answerPhotos, reportPhotos, reports } from '#db/schema/index.ts'

/** What the tests look at in the rows of a report. */
export async function rowsOf(db: Database, id: number) {
  const { report, answers, notes, requests, events } = await storyOf(db, id)
  return {
    state: report.state,
    assigneeId: report.assigneeId,
    version: report.version,
    answers: answers.map(({ id, status, authorId, whenDone }) => ({ id, status, authorId, whenDone })),
    notes: notes.map(({ authorId, body }) => ({ authorId, body })),
    requests: requests.map(({ kind, minutes, reason, status }) => ({ kind, minutes, reason, status })),
    events: events.map(({ event }) => event),
  }
}

/** The photos of staff on a report, and the answer that includes each. */
export const photosOn = async (db: Database, reportId: number) =>
  db
    .select({ kind: reportPhotos.kind, answerId: answerPhotos.answerId })
    .from(reportPhotos)
    .leftJoin(answerPhotos, eq(answerPhotos.fileId, reportPhotos.fileId))
    .where(eq(reportPhotos.reportId, reportId))

/** A colleague was faster: the report is in progress, and theirs. */
export async function takenBy(db: Database, id: number, assigneeId: string): Promise<void> {
  const { version } = (await storyOf(db, id)).report
  await db
    .update(reports)
    .set({ state: 'in_progress', assigneeId, version: version + 1 })
    .where(eq(reports.id, id))
}

export async function assignedTo(db: Database, id: number, assigneeId: string): Promise<void> {
  await db.update(reports).set({ assigneeId }).where(eq(reports.id, id))
}

export async function onlyAssigneesAnswer(db: Database, agencyId: string): Promise<void> {
  await db.update(agencies).set({ onlyAssigneeAnswers: true }).where(eq(agencies.id, agencyId))
}

export async function changedMeanwhile(db: Database, id: number): Promise<void> {
  await db.update(reports).set({ version: 9 }).where(eq(reports.id, id))
}

/** The report goes to another agency; `before` may still read it. */
export async function movedElsewhere(db: Database, id: number, before: string[]): Promise<BuiltAgency> {
  const elsewhere = await buildAgency(db)
  await db.update(reports).set({ agencyId: elsewhere.id, heldBy: before }).where(eq(reports.id, id))
  return elsewhere
}

export async function movedBack(db: Database, id: number, agencyId: string): Promise<void> {
  await db.update(reports).set({ agencyId, heldBy: [] }).where(eq(reports.id, id))
}
