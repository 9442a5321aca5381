import { type Actor, holds, type Role } from '#server/accounts/rules/actor.ts'
import { bestCapacity, shareAPerson } from '#server/accounts/rules/substitution.ts'
import { type BulletinMove, type BulletinState, bulletinMoveRules, bulletinMoves, isClaimed } from './lifecycle.ts'

/** What the policy needs of a bulletin. */
export type BulletinSubject = {
  state: BulletinState
  isExercise: boolean
  authorId: string
  authorFor: string | null
  lastEditorId: string
  lastEditorFor: string | null
  /**
   * The accounts that wrote since a second person last approved it, and those in whose place they wrote; without those
   * whose text was discarded and not taken up again.
   */
  writerIds: readonly string[]
  publishedRevisionId: string | null
  needsLookBack: boolean
  /** The account that published it without review. */
  unreviewedById: string | null
  reviewerId: string | null
  claimedAt: Date | null
}

/** Bulletins speak for the city: the roles must be held there. */
const holdsOverCity = (actor: Actor, role: Role): boolean => holds(actor, role, null)

/** Whether the actor holds a role that makes this move. Does not check the bulletin's state. */
export function mayMoveBulletin(actor: Actor, move: BulletinMove): boolean {
  const makers = bulletinMoveRules[move].by
  if (actor.kind === 'robot') return makers.includes('robot')
  // The right to publish without review is an addition to the chief editor's role, not a way around it.
  if (move === 'publish_unreviewed' && !holdsOverCity(actor, 'chief_editor')) return false
  return makers.some((maker) => maker !== 'robot' && holdsOverCity(actor, maker))
}

export const mayWriteBulletin = (actor: Actor): boolean =>
  holdsOverCity(actor, 'editor') || holdsOverCity(actor, 'chief_editor')

/**
 * Neither who began the bulletin, nor who changed it last, nor who wrote any of it since a second person last approved
 * it is its second person. An exercise needs none.
 */
export function isSecondPerson(actor: Actor, bulletin: BulletinSubject): boolean {
  if (bulletin.isExercise) return true
  const { authorId, authorFor, lastEditorId, lastEditorFor, writerIds } = bulletin
  return (
    !writerIds.some((id) => shareAPerson(actor, { id })) &&
    !shareAPerson(actor, { id: authorId, onBehalfOf: authorFor }) &&
    !shareAPerson(actor, { id: lastEditorId, onBehalfOf: lastEditorFor })
  )
}

/** Why the move cannot be made now by this actor, as a code for the screen; null where nothing prevents it. */
export function refusalReasonForMove(
  actor: Actor,
  move: BulletinMove,
  bulletin: BulletinSubject,
  now: Date,
): string | null {
  const rule = bulletinMoveRules[move]
  if (!mayMoveBulletin(actor, move)) return 'forbidden'
  if (!rule.from.includes(bulletin.state)) return 'wrong_state'
  const isPublic = bulletin.publishedRevisionId !== null
  if (rule.needs === 'public' && !isPublic) return 'bulletin_not_public'
  if (rule.needs === 'not_public' && isPublic) return 'bulletin_is_public'
  const isHeldByAnother = isClaimed(bulletin.claimedAt, now) && bulletin.reviewerId !== actor.id
  switch (move) {
    case 'approve':
      if (!isSecondPerson(actor, bulletin)) return 'own_bulletin'
      return isHeldByAnother ? 'review_claimed' : null
    case 'request_changes':
    case 'claim_review':
      return isHeldByAnother ? 'review_claimed' : null
    case 'release_review':
      return bulletin.reviewerId === actor.id ? null : 'review_not_yours'
    case 'look_back':
      if (!bulletin.needsLookBack) return 'no_look_back_needed'
      return isSecondPerson(actor, bulletin) && !shareAPerson(actor, { id: bulletin.unreviewedById })
        ? null
        : 'own_bulletin'
    default:
      return null
  }
}

export type OfferedBulletinMove = { move: BulletinMove; refusalReason: string | null }

/** The moves to show: those that the role and the state allow, each with its refusal reason, if any. */
export function offeredBulletinMoves(actor: Actor, bulletin: BulletinSubject, now: Date): OfferedBulletinMove[] {
  return bulletinMoves
    .map((move) => ({
      move,
      refusalReason: bestCapacity(actor, (capacity) => refusalReasonForMove(capacity, move, bulletin, now))
        .refusalReason,
    }))
    .filter(({ refusalReason }) => refusalReason === null || !hidden.includes(refusalReason))
}

const hidden = [
  'forbidden',
  'wrong_state',
  'bulletin_not_public',
  'bulletin_is_public',
  'no_look_back_needed',
  'review_not_yours',
]

/** Whether a text can be saved: not while it is scheduled, nor once it is published (that is a correction). */
export function mayEditBulletin(actor: Actor, bulletin: Pick<BulletinSubject, 'state'>): boolean {
  return mayWriteBulletin(actor) && ['draft', 'changes_requested', 'in_review', 'approved'].includes(bulletin.state)
}
