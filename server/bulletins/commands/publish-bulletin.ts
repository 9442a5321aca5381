import type { z } from 'zod'
import { bulletinSchedules } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { cancelJob, queueJob } from '#server/platform/jobs.ts'
import { revisionById } from '../queries/lock.ts'
import { leastLeadSeconds } from '../rules/lifecycle.ts'
import type {
  BulletinChange,
  lookBackInput,
  publishBulletinInput,
  publishUnreviewedInput,
  scheduleBulletinInput,
} from '../rules/schemas.ts'
import { assertChecked } from './checked.ts'
import { type MovedBulletin, moveBulletin } from './move-bulletin.ts'
import { queueLetters } from './notify-chiefs.ts'
import { assertCorrects } from './review-bulletin.ts'
import { sealCurrent } from './save-bulletin.ts'
import { cancelSchedules, sendOut } from './send-out.ts'

/** Sets the minute. The row is authoritative; the queued job only makes sure that it is checked at that very second. */
export function scheduleBulletin(ctx: Context, input: z.output<typeof scheduleBulletinInput>): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'schedule', input, async (desk) => {
    const { tx, bulletin, now } = desk
    const { at: dueAt } = input
    if (dueAt <= now) throw new DomainError('schedule_in_past')
    if (dueAt.getTime() - now.getTime() < leastLeadSeconds * 1000) {
      throw new DomainError('schedule_too_close', { minutes: leastLeadSeconds / 60 })
    }
    const acknowledged = await assertChecked(desk, input.acknowledged, dueAt)
    const { approvedRevisionId: revisionId } = bulletin
    const scheduledById = ctx.actor.id
    if (!revisionId || !scheduledById) throw new Error('an approved bulletin without its revision')
    const row = { dueAt, scheduledById, scheduledAt: now, cancelledAt: null, publishedAt: null }
    await tx
      .insert(bulletinSchedules)
      .values({ ...row, revisionId, bulletinId: bulletin.id })
      .onConflictDoUpdate({ target: bulletinSchedules.revisionId, set: row })
    await queueJob(tx, 'publish_bulletin', { revisionId }, { runAt: dueAt, jobKey: jobKeyOf(revisionId) })
    return { set: { acknowledged, scheduledFor: dueAt }, details: { dueAt: dueAt.toISOString(), revisionId } }
  })
}

export const jobKeyOf = (revisionId: string): string => `publish_bulletin:${revisionId}`

export function unscheduleBulletin(ctx: Context, input: BulletinChange): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'unschedule', input, async (desk) => {
    await cancelSchedules(desk, desk.bulletin.id)
    if (desk.bulletin.approvedRevisionId) await cancelJob(desk.tx, jobKeyOf(desk.bulletin.approvedRevisionId))
    return { set: { scheduledFor: null } }
  })
}

/** Publishes at once, manually: what was approved, whether or not it was scheduled. */
export function publishBulletin(ctx: Context, input: z.output<typeof publishBulletinInput>): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'publish', input, async (desk) => {
    const { tx, bulletin, now } = desk
    const acknowledged = await assertChecked(desk, input.acknowledged, now)
    const revision = await revisionById(tx, bulletin.approvedRevisionId)
    if (bulletin.state === 'scheduled') {
      await cancelSchedules(desk, bulletin.id)
      await cancelJob(tx, jobKeyOf(revision.id))
    }
    const { set, details } = await sendOut(desk, {
      revision,
      publishedById: ctx.actor.id,
      approvedById: bulletin.approvedById,
      dueAt: null,
    })
    return { set: { ...set, acknowledged }, details }
  })
}

/** Publishes without a second person: the reason is logged, and someone else must look back on it. */
export function publishUnreviewed(
  ctx: Context,
  input: z.output<typeof publishUnreviewedInput>,
): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'publish_unreviewed', input, async (desk) => {
    const { tx, bulletin, now } = desk
    await assertCorrects(desk)
    const acknowledged = await assertChecked(desk, input.acknowledged, now)
    await sealCurrent(desk)
    const revision = await revisionById(tx, bulletin.currentRevisionId)
    // An alert always takes two persons: it wakes people up.
    if (revision.content.alert && !bulletin.isExercise) throw new DomainError('alert_needs_review')
    const { set, details } = await sendOut(desk, {
      revision,
      publishedById: ctx.actor.id,
      approvedById: null,
      dueAt: null,
    })
    if (!bulletin.isExercise) await queueLetters(desk)
    return {
      set: {
        ...set,
        acknowledged,
        approvedRevisionId: null,
        approvedById: null,
        approvedFor: null,
        approvedAt: null,
        unreviewedReason: input.reason,
        unreviewedById: ctx.actor.id,
        needsLookBack: true,
        lookedBackById: null,
        lookedBackAt: null,
      },
      details: { ...details, reason: input.reason },
    }
  })
}

/** A second person has read what was published without review, and lets it stay. */
export function lookBack(ctx: Context, input: z.output<typeof lookBackInput>): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'look_back', input, ({ now }) => ({
    set: { needsLookBack: false, lookedBackById: ctx.actor.id, lookedBackAt: now },
    details: input.remarks ? { remarks: input.remarks } : {},
  }))
}
