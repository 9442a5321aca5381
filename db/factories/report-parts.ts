import type { Connection } from '#db/client.ts'
import { answerPhotos, events, reportAnswers, reportNotes } from '#db/schema/index.ts'
import type { AnswerStatus } from '#server/reports/rules/parts.ts'
import { fixed } from './outcomes.ts'
import type { BuiltReport } from './reports.ts'

type By = { report: BuiltReport; authorId: string; at?: Date }

const told = ({ report, authorId, at = new Date() }: By) => ({
  at,
  subjectKind: 'report' as const,
  reportId: report.id,
  agencyId: report.agencyId,
  actorKind: 'staff' as const,
  actorId: authorId,
})

/** A note of a report, with its entry in the timeline. */
export async function buildReportNote(db: Connection, { body, ...by }: By & { body: string }): Promise<void> {
  const { report, authorId, at = new Date() } = by
  const [note] = await db
    .insert(reportNotes)
    .values({ reportId: report.id, agencyId: report.agencyId, authorId, body, createdAt: at })
    .returning({ id: reportNotes.id })
  await db.insert(events).values({ ...told(by), event: 'report.note_added', details: { noteId: note?.id } })
}

type Version = By & { what: string; status: AnswerStatus; photoIds: readonly string[] }

/** One version of the answer to a report, with its proof and its entry in the timeline. */
export async function buildAnswerVersion(db: Connection, { what, status, photoIds, ...by }: Version): Promise<void> {
  const { report, authorId, at = new Date() } = by
  const words = { what, whereDone: 'Trước số nhà 20 phố Hàng Bài', whenDone: 'Sáng nay', ...fixed }
  const [answer] = await db
    .insert(reportAnswers)
    .values({ ...words, reportId: report.id, round: 1, status, agencyId: report.agencyId, authorId, createdAt: at })
    .returning({ id: reportAnswers.id })
  if (!answer) throw new Error('no answer was written')
  if (photoIds.length > 0)
    await db.insert(answerPhotos).values(photoIds.map((fileId) => ({ answerId: answer.id, fileId })))
  const details = { answerId: answer.id }
  await db.insert(events).values({ ...told(by), event: 'report.answer_submitted', details })
}
