import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { bulletins } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { bestCapacity } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import {
  type BulletinRow,
  bulletinChangesSince,
  lockBulletin,
  lockWithReplaced,
  revisionById,
} from '../queries/lock.ts'
import { type BulletinMove, type BulletinState, bulletinMoveRules, nextBulletinState } from '../rules/lifecycle.ts'
import { untoldInEnglish } from '../rules/notices.ts'
import { refusalReasonForMove } from '../rules/policy.ts'
import type { BulletinChange } from '../rules/schemas.ts'

export type MovedBulletin = { id: string; version: number; state: BulletinState; revisionId: string | null }

/** The input of a move: the locked bulletin and the time. */
export type BulletinDesk = { tx: Transaction; ctx: Context; bulletin: BulletinRow; now: Date }

/** What a move writes in addition to the state: columns of the bulletin and the details of its event. */
export type BulletinOutcome = { set?: Partial<typeof bulletins.$inferInsert>; details?: EventDetails }

/**
 * The five steps of every move, in one transaction: lock, check the policy (`forbidden`), compare the version
 * (`conflict`, with who did what), check the rules, then write the bulletin and exactly one event.
 */
export async function moveBulletin(
  ctx: Context,
  move: BulletinMove,
  input: BulletinChange,
  work: (desk: BulletinDesk) => Promise<BulletinOutcome> | BulletinOutcome,
): Promise<MovedBulletin> {
  return ctx.db.transaction(async (tx) => {
    if (bulletinMoveRules[move].to === 'published') await lockWithReplaced(tx, input.id)
    const bulletin = await lockBulletin(tx, input.id)
    const now = ctx.now()
    const { capacity: actor, refusalReason } = bestCapacity(ctx.actor, (capacity) =>
      refusalReasonForMove(capacity, move, bulletin, now),
    )
    if (refusalReason === 'forbidden') throw new DomainError('forbidden')
    await assertVersion(tx, bulletin, input.version)
    if (refusalReason === 'wrong_state') throw new DomainError('invalid_move', { state: bulletin.state, move })
    if (refusalReason) throw new DomainError(refusalReason)
    if (untoldInEnglish(move, input, await isOutInEnglish(tx, bulletin))) throw new DomainError('notice_needs_english')
    const desk = { tx, ctx: { ...ctx, actor }, bulletin, now }
    const outcome = await work(desk)
    return writeBulletin(desk, bulletinMoveRules[move].event, nextBulletinState(bulletin.state, move), outcome)
  })
}

async function isOutInEnglish(tx: Transaction, { publishedRevisionId }: BulletinRow): Promise<boolean> {
  return publishedRevisionId !== null && (await revisionById(tx, publishedRevisionId)).content.en !== null
}

export async function assertVersion(tx: Transaction, bulletin: BulletinRow, seen: number): Promise<void> {
  if (bulletin.version === seen) return
  const changes = await bulletinChangesSince(tx, bulletin.id, seen)
  throw new DomainError('conflict', {
    version: bulletin.version,
    state: bulletin.state,
    by: changes[0]?.by ?? null,
    at: changes[0]?.at ?? null,
    changes,
  })
}

export async function writeBulletin(
  { tx, ctx, bulletin, now }: BulletinDesk,
  event: EventName,
  state: BulletinState,
  { set, details }: BulletinOutcome,
): Promise<MovedBulletin> {
  const version = bulletin.version + 1
  await tx
    .update(bulletins)
    .set({ ...set, state, version, updatedAt: now })
    .where(eq(bulletins.id, bulletin.id))
  await recordEvent(tx, ctx, {
    event,
    subject: { kind: 'bulletin', id: bulletin.id },
    version,
    details: { from: bulletin.state, to: state, ...details },
  })
  const revisionId = set?.currentRevisionId ?? bulletin.currentRevisionId
  return { id: bulletin.id, version, state, revisionId }
}
