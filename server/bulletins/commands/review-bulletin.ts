import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { canonical } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { revisionById } from '../queries/lock.ts'
import { placeNames } from '../queries/place-names.ts'
import { changedFactOf } from '../rules/facts.ts'
import type {
  approveBulletinInput,
  BulletinChange,
  requestChangesInput,
  submitBulletinInput,
} from '../rules/schemas.ts'
import { assertChecked } from './checked.ts'
import { type BulletinDesk, type MovedBulletin, moveBulletin } from './move-bulletin.ts'
import { notApproved, sealCurrent } from './save-bulletin.ts'

const unclaimed = { reviewerId: null, claimedAt: null }

/** From here on the text under review does not change: another save is another revision. */
export function submitBulletin(ctx: Context, input: z.output<typeof submitBulletinInput>): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'submit', input, async (desk) => {
    await assertCorrects(desk)
    await sealCurrent(desk)
    return { set: { ...unclaimed, submittedAt: desk.now }, details: input.note ? { note: input.note } : {} }
  })
}

export function takeBackBulletin(ctx: Context, input: BulletinChange): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'take_back', input, () => ({ set: { ...unclaimed, ...notApproved, submittedAt: null } }))
}

/** Shows that someone is reviewing it, for half an hour. */
export function claimReview(ctx: Context, input: BulletinChange): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'claim_review', input, ({ now }) => ({ set: { reviewerId: ctx.actor.id, claimedAt: now } }))
}

export function releaseReview(ctx: Context, input: BulletinChange): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'release_review', input, () => ({ set: unclaimed }))
}

export function requestChanges(ctx: Context, input: z.output<typeof requestChangesInput>): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'request_changes', input, () => ({ set: unclaimed, details: { remarks: input.remarks } }))
}

/** The second person approves it as it is. */
export function approveBulletin(ctx: Context, input: z.output<typeof approveBulletinInput>): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'approve', input, async (desk) => {
    await assertCorrects(desk)
    const acknowledged = await assertChecked(desk, input.acknowledged, desk.now)
    await sealCurrent(desk)
    const { currentRevisionId } = desk.bulletin
    return {
      set: {
        ...unclaimed,
        acknowledged,
        approvedRevisionId: currentRevisionId,
        approvedById: desk.ctx.actor.id,
        approvedFor: desk.ctx.actor.onBehalfOf ?? null,
        approvedAt: desk.now,
      },
      details: { revisionId: currentRevisionId },
    }
  })
}

/**
 * A correction must change something, a small one no fact; of an alert, nothing that was sent may change without a
 * message that says so.
 */
export async function assertCorrects({ tx, bulletin }: BulletinDesk): Promise<void> {
  if (bulletin.publishedRevisionId === null) return
  if (bulletin.publishedRevisionId === bulletin.currentRevisionId) throw new DomainError('nothing_to_correct')
  if (bulletin.correction?.kind !== 'minor') return
  const [out, now] = [
    await revisionById(tx, bulletin.publishedRevisionId),
    await revisionById(tx, bulletin.currentRevisionId),
  ]
  const sent = ({ content: { alert, areaIds, validFrom, validTo } }: typeof out) =>
    canonical({ alert, areaIds, validFrom, validTo })
  if ((out.content.alert || now.content.alert) && sent(out) !== sent(now))
    throw new DomainError('alert_needs_substantive')
  const changed = changedFactOf(out.content, now.content, await placeNames(tx, [out.content, now.content]))
  if (changed) throw new DomainError('minor_changes_fact', changed)
}
