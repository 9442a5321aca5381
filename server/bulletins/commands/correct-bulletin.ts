import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { alertInForce, cancelAlerts } from '../alerts.ts'
import { revisionById } from '../queries/lock.ts'
import { isTextTakenDown } from '../queries/removals.ts'
import type {
  BulletinChange,
  correctBulletinInput,
  restoreRevisionInput,
  unpublishBulletinInput,
  withdrawBulletinInput,
} from '../rules/schemas.ts'
import { assertFiling } from './filing.ts'
import { type MovedBulletin, moveBulletin } from './move-bulletin.ts'
import { type SavedBulletin, saveBulletin } from './save-bulletin.ts'
import { cancelSchedules, endPreviews } from './send-out.ts'
import { listedOf, writeRevision } from './write-revision.ts'

const notApproved = {
  approvedRevisionId: null,
  approvedById: null,
  approvedFor: null,
  approvedAt: null,
  acknowledged: [],
}
const noReview = { reviewerId: null, claimedAt: null, submittedAt: null }

/** Begins a correction: the public text stays as it is until another second person has approved the new one. */
export function correctBulletin(ctx: Context, input: z.output<typeof correctBulletinInput>): Promise<MovedBulletin> {
  const { kind, note, noteEn, reason } = input
  return moveBulletin(ctx, 'correct', input, () => ({
    set: { ...notApproved, ...noReview, correction: { kind, note, noteEn } },
    details: { correction: kind, ...(note && { note }), ...(reason && { reason }) },
  }))
}

/** Returns to the public text. What was written meanwhile stays among the revisions. */
export function discardCorrection(ctx: Context, input: BulletinChange): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'discard_correction', input, async ({ tx, ctx: { actor }, bulletin, now }) => {
    const out = await revisionById(tx, bulletin.publishedRevisionId)
    const set = { ...notApproved, ...noReview, correction: null, ...listedOf(out.content) }
    if (out.id === bulletin.currentRevisionId) return { set }
    const current = await revisionById(tx, bulletin.currentRevisionId)
    const editorId = actor.id as string
    const currentRevisionId = await writeRevision(tx, {
      bulletinId: bulletin.id,
      number: current.number + 1,
      editorId,
      content: out.content,
      at: now,
      sealed: true,
      restoredFromId: out.id,
    })
    return { set: { ...set, currentRevisionId, lastEditorId: editorId, lastEditorFor: actor.onBehalfOf ?? null } }
  })
}

/** Stays readable under a notice that says why it no longer holds. */
export function withdrawBulletin(ctx: Context, input: z.output<typeof withdrawBulletinInput>): Promise<MovedBulletin> {
  const { notice, noticeEn, alertEnding } = input
  return moveBulletin(ctx, 'withdraw', input, async (desk) => {
    const { tx, bulletin, now } = desk
    if (!alertEnding && (await alertInForce(tx, bulletin.id, now))) throw new DomainError('alert_ending_missing')
    await cancelSchedules(desk, bulletin.id)
    const note = { vi: notice, en: noticeEn }
    const alertId = alertEnding && (await cancelAlerts(tx, bulletin, { at: now, ending: alertEnding, note }))
    return { set: { ...ended(now), notice, noticeEn }, details: { notice, ...(alertId && { alertId, alertEnding }) } }
  })
}

/**
 * Removed from the public, permanently or with a redirect to another bulletin. Its number and its place in the log
 * stay.
 */
export function unpublishBulletin(
  ctx: Context,
  input: z.output<typeof unpublishBulletinInput>,
): Promise<MovedBulletin> {
  const { reason, redirectToId, endsAlert = false } = input
  return moveBulletin(ctx, 'unpublish', input, async (desk) => {
    if (!endsAlert && (await alertInForce(desk.tx, desk.bulletin.id, desk.now)))
      throw new DomainError('alert_ends_with_page')
    await assertFiling(desk.tx, { id: input.id, supersedesId: redirectToId, areaIds: [] })
    await cancelSchedules(desk, desk.bulletin.id)
    await endPreviews(desk)
    // The reason for the removal stays in the log: it may name what must not be read any more.
    const alertId = await cancelAlerts(desk.tx, desk.bulletin, { at: desk.now, ending: 'error' })
    return { set: { ...ended(desk.now), redirectToId }, details: { reason, redirectToId, ...(alertId && { alertId }) } }
  })
}

const ended = (now: Date) => ({
  correction: null,
  scheduledFor: null,
  needsLookBack: false,
  changedAt: now,
  ...noReview,
})

/** Restores an earlier text as a new revision. */
export async function restoreRevision(
  ctx: Context,
  { revisionId, ...change }: z.output<typeof restoreRevisionInput>,
): Promise<SavedBulletin> {
  const revision = await revisionById(ctx.db, revisionId)
  if (revision.bulletinId !== change.id) throw new DomainError('not_found', { subject: 'revision', id: revisionId })
  if (await isTextTakenDown(ctx.db, revision)) throw new DomainError('revision_taken_down')
  return saveBulletin(ctx, {
    ...change,
    content: revision.content,
    auto: false,
    typo: false,
    restoredFromId: revisionId,
  })
}
