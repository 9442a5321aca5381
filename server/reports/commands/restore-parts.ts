import { and, eq } from 'drizzle-orm'
import { answerPhotos, reportAnswers, reportMessages, reportRequests } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Kept } from '../rules/kept.ts'
import { moveRules } from '../rules/lifecycle.ts'
import type { Desk } from './move-report.ts'
import { restoreRequests } from './requests.ts'
import { updateSearch } from './update-search.ts'

type Decision = { event: string; details: Readonly<Record<string, unknown>>; kept: Kept }

const asking: readonly string[] = (
  ['request_transfer', 'request_extension', 'request_pause', 'request_follow_up'] as const
).map((move) => moveRules[move].event)

/**
 * Puts right what a decision wrote beside its report and clocks: the message to or from the citizen, the answer, the
 * request.
 */
export async function restoreParts(desk: Desk, { event, details, kept }: Decision): Promise<void> {
  const { messageId, answerId, requestId } = details
  if (typeof messageId === 'string') await removeMessage(desk, messageId)
  // A request of a follow-up refers to its answer.
  if (typeof requestId === 'string') await restoreRequest(desk, requestId, asking.includes(event))
  if (typeof answerId === 'string') await restoreAnswer(desk, answerId, kept)
  await restoreRequests(desk.tx, kept.requestIds ?? [])
}

async function removeMessage({ tx, report }: Desk, id: string): Promise<void> {
  await tx.delete(reportMessages).where(and(eq(reportMessages.id, id), eq(reportMessages.reportId, report.id)))
  await updateSearch(tx, [report.id])
}

/** A submitted one is gone, so that an earlier one that was sent back is the last again; its text is in the browser. */
async function restoreAnswer({ tx }: Desk, id: string, { answer }: Kept): Promise<void> {
  const [standing] = await tx
    .select({ status: reportAnswers.status })
    .from(reportAnswers)
    .where(eq(reportAnswers.id, id))
    .for('update')
  // It leaves a few seconds before its decision can no longer be taken back.
  if (standing?.status === 'sent') throw new DomainError('answer_left')
  if (!answer) {
    await tx.delete(answerPhotos).where(eq(answerPhotos.answerId, id))
    await tx.delete(reportAnswers).where(eq(reportAnswers.id, id))
    return
  }
  const reviewedAt = answer.reviewedAt === null ? null : new Date(answer.reviewedAt)
  await tx
    .update(reportAnswers)
    .set({ ...answer, status: 'submitted', sendAt: null, reviewedAt })
    .where(eq(reportAnswers.id, id))
}

/** One that was asked is gone; one that was decided is pending again. */
async function restoreRequest({ tx }: Desk, id: string, wasAsked: boolean): Promise<void> {
  const isIt = eq(reportRequests.id, id)
  if (wasAsked) await tx.delete(reportRequests).where(isIt)
  else
    await tx
      .update(reportRequests)
      .set({ status: 'pending', decidedById: null, decidedAt: null, remarks: null })
      .where(isIt)
}
