import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { answerPhotos, reportAnswers, reportPhotos } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { laterLimits } from '#server/platform/rules/limits.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { type OutcomeOf, refusalReasonToPlan } from '../rules/outcome.ts'
import type { AnswerKind, AnswerStatus } from '../rules/parts.ts'
import { forgetDraft } from './drafts.ts'
import type { Desk } from './move-report.ts'

export type AnswerWords = OutcomeOf & {
  what: string
  where: string
  when: string
  next: string
  photoIds: readonly string[]
  isFollowUp?: boolean
  /** The batch of answers to many reporters that this one belongs to. */
  batchId?: string
}

/**
 * Writes an answer and attaches its proof photos; an answer that was submitted before and sent back stays in the
 * history.
 */
export async function writeAnswer(
  desk: Desk,
  kind: AnswerKind,
  status: AnswerStatus,
  words: AnswerWords,
): Promise<{ id: string; sendAt: Date | null }> {
  const { tx, ctx, report, now, subject } = desk
  if (ctx.actor.id === null) throw new DomainError('forbidden')
  assertPlan(desk, words)
  const sendAt = status === 'queued' ? sendTime(desk) : null
  const [row] = await tx
    .insert(reportAnswers)
    .values({
      reportId: report.id,
      round: report.reopenCount + 1,
      kind,
      status,
      agencyId: report.agencyId,
      authorId: ctx.actor.id,
      authorFor: ctx.actor.onBehalfOf,
      isFollowUp: words.isFollowUp,
      what: words.what,
      whereDone: words.where,
      whenDone: words.when,
      next: words.next,
      outcome: words.outcome,
      plannedFor: words.plannedFor,
      referredTo: words.referredTo,
      soleAccount: subject.soleAccount,
      createdAt: now,
      sendAt,
      batchId: words.batchId,
    })
    .returning({ id: reportAnswers.id })
  if (!row) throw new Error('no answer was written')
  await bindProof(tx, report.id, row.id, new Set(words.photoIds))
  if (sendAt) await queueSending(desk, row.id, sendAt)
  if (kind === 'answer' && !words.batchId) await forgetDraft(tx, { accountId: ctx.actor.id, reportId: report.id, kind })
  return { id: row.id, sendAt }
}

/**
 * Nothing is planned for a day that has passed when the citizen is told: checked when it is written, and again when it
 * is approved, or given a time at which it is sent (`sendAt`).
 */
export function assertPlan(
  { now }: Pick<Desk, 'now'>,
  { plannedFor }: Pick<OutcomeOf, 'plannedFor'>,
  sendAt = now,
): void {
  const refusalReason =
    plannedFor === null ? null : refusalReasonToPlan(plannedFor, localDayOf(now), localDayOf(sendAt))
  if (refusalReason) throw new DomainError(refusalReason, { days: laterLimits.plannedDays })
}

/** An answer is written with all its proof or not at all. Proof of an earlier answer stays its proof. */
async function bindProof(tx: Transaction, reportId: number, answerId: string, fileIds: ReadonlySet<string>) {
  const found = await proofOf(tx, reportId, fileIds)
  if (found.length > 0) await tx.insert(answerPhotos).values(found.map((fileId) => ({ answerId, fileId })))
}

/** These photos, if all of them are proof on the report. */
export async function proofOf(tx: Transaction, reportId: number, fileIds: ReadonlySet<string>): Promise<string[]> {
  if (fileIds.size === 0) return []
  const wanted = and(
    eq(reportPhotos.reportId, reportId),
    eq(reportPhotos.kind, 'proof'),
    inArray(reportPhotos.fileId, [...fileIds]),
  )
  const found = await tx.select({ fileId: reportPhotos.fileId }).from(reportPhotos).where(wanted)
  if (found.length < fileIds.size) throw new DomainError('photo_missing')
  return found.map(({ fileId }) => fileId)
}

export const sendTime = ({ now, settings }: Desk): Date => new Date(now.getTime() + settings.undoSeconds * 1000)

/** The answer is sent when the undo time has passed; the job is queued in the same transaction. */
export async function queueSending({ tx }: Desk, answerId: string, sendAt: Date): Promise<void> {
  await queueJob(tx, 'send_answer', { answerId }, { runAt: sendAt, jobKey: `send_answer:${answerId}` })
}

/** The latest answer in one of these statuses. Throws `no_answer` where there is none. */
export async function latestAnswer(desk: Desk, statuses: readonly AnswerStatus[]) {
  const answer = await findAnswer(desk, statuses)
  if (!answer) throw new DomainError('no_answer')
  return answer
}

/** The same, or undefined where there is none. */
export async function findAnswer({ tx, report }: Desk, statuses: readonly AnswerStatus[]) {
  const [answer] = await tx
    .select()
    .from(reportAnswers)
    .where(and(eq(reportAnswers.reportId, report.id), inArray(reportAnswers.status, [...statuses])))
    .orderBy(desc(reportAnswers.createdAt), desc(reportAnswers.id))
    .limit(1)
  return answer
}
