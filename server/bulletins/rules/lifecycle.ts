import type { Role } from '#server/accounts/rules/actor.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'

export const bulletinStates = [
  'draft',
  'in_review',
  'changes_requested',
  'approved',
  'scheduled',
  'published',
  'superseded',
  'withdrawn',
  'unpublished',
  /** An abandoned draft: shown in its own list only, and can be restored. */
  'discarded',
] as const
export type BulletinState = (typeof bulletinStates)[number]

/** The states in which a bulletin still needs work. A correction in progress passes through them again. */
export const openBulletinStates = [
  'draft',
  'in_review',
  'changes_requested',
  'approved',
  'scheduled',
] as const satisfies readonly BulletinState[]

/** What the public finds: nothing yet, the bulletin, the bulletin under a notice, or the notice that it is gone. */
export const standings = ['none', 'live', 'superseded', 'withdrawn', 'gone'] as const
export type Standing = (typeof standings)[number]

type Standable = { state: BulletinState; publishedRevisionId: string | null; isExercise: boolean }

/** The public text does not change while a correction is written. An exercise is never public. */
export function standingOf({ state, publishedRevisionId, isExercise }: Standable): Standing {
  if (isExercise || publishedRevisionId === null) return 'none'
  if (state === 'withdrawn' || state === 'superseded') return state
  return state === 'unpublished' ? 'gone' : 'live'
}

/** `personal_data`: what was published before is taken down as the cleaned text replaces it. */
export const correctionKinds = ['minor', 'substantive', 'personal_data'] as const
export type CorrectionKind = (typeof correctionKinds)[number]

/** Why a revision was published. Only `first` counts as an issued bulletin. */
export const publicationKinds = ['first', ...correctionKinds] as const
export type PublicationKind = (typeof publicationKinds)[number]

export type MoveMaker = Role | 'robot'
export type Move = {
  from: readonly BulletinState[]
  to: BulletinState | 'same'
  by: readonly MoveMaker[]
  event: EventName
  /** Only for what is public already, or only for what never was. */
  needs?: 'public' | 'not_public'
}

const writers = ['editor', 'chief_editor'] as const
const unreviewed = ['draft', 'in_review', 'changes_requested'] as const
const underCorrection = ['draft', 'in_review', 'changes_requested', 'approved'] as const

const moves = {
  submit: { from: ['draft', 'changes_requested'], to: 'in_review', by: writers, event: 'bulletin.submitted' },
  /** An approved bulletin that is taken back needs another approval to be published. */
  take_back: { from: ['in_review', 'approved'], to: 'draft', by: writers, event: 'bulletin.taken_back' },
  claim_review: { from: ['in_review'], to: 'same', by: ['chief_editor'], event: 'bulletin.review_claimed' },
  release_review: { from: ['in_review'], to: 'same', by: ['chief_editor'], event: 'bulletin.review_released' },
  request_changes: {
    from: ['in_review'],
    to: 'changes_requested',
    by: ['chief_editor'],
    event: 'bulletin.changes_requested',
  },
  approve: { from: ['in_review'], to: 'approved', by: ['chief_editor'], event: 'bulletin.approved' },
  schedule: { from: ['approved'], to: 'scheduled', by: ['chief_editor'], event: 'bulletin.scheduled' },
  unschedule: { from: ['scheduled'], to: 'approved', by: ['chief_editor'], event: 'bulletin.unscheduled' },
  publish: {
    from: ['approved', 'scheduled'],
    to: 'published',
    by: ['chief_editor', 'robot'],
    event: 'bulletin.published',
  },
  publish_unreviewed: {
    from: unreviewed,
    to: 'published',
    by: ['urgent_publisher'],
    event: 'bulletin.published_unreviewed',
  },
  look_back: {
    from: ['published', 'superseded'],
    to: 'same',
    by: ['chief_editor'],
    event: 'bulletin.looked_back',
    needs: 'public',
  },
  /** Only what was never published. Its texts stay, because the log refers to them. */
  discard: {
    from: ['draft', 'changes_requested'],
    to: 'discarded',
    by: writers,
    event: 'bulletin.discarded',
    needs: 'not_public',
  },
  bring_back: { from: ['discarded'], to: 'draft', by: writers, event: 'bulletin.brought_back' },
  correct: { from: ['published'], to: 'draft', by: writers, event: 'bulletin.correction_begun', needs: 'public' },
  discard_correction: {
    from: underCorrection,
    to: 'published',
    by: writers,
    event: 'bulletin.correction_discarded',
    needs: 'public',
  },
  withdraw: {
    from: [...openBulletinStates, 'published', 'superseded'],
    to: 'withdrawn',
    by: ['chief_editor'],
    event: 'bulletin.withdrawn',
    needs: 'public',
  },
  unpublish: {
    from: [...openBulletinStates, 'published', 'superseded', 'withdrawn'],
    to: 'unpublished',
    by: ['chief_editor'],
    event: 'bulletin.unpublished',
    needs: 'public',
  },
} as const satisfies Record<string, Move>

export type BulletinMove = keyof typeof moves
export const bulletinMoves = Object.keys(moves) as BulletinMove[]
export const bulletinMoveRules: Record<BulletinMove, Move> = moves

/** The state a move leads to. Throws `invalid_move` where the state does not allow it. */
export function nextBulletinState(state: BulletinState, move: BulletinMove): BulletinState {
  const { from, to } = bulletinMoveRules[move]
  if (!from.includes(state)) throw new DomainError('invalid_move', { state, move })
  return to === 'same' ? state : to
}

/**
 * The state after a saved edit. The approval was for the text as it was: another text is reviewed again, except for a
 * typo.
 */
export function stateAfterEdit(state: BulletinState, typo: boolean): BulletinState {
  if (state === 'draft' || state === 'changes_requested' || state === 'in_review') return state
  if (state === 'approved') return typo ? 'approved' : 'in_review'
  throw new DomainError('bulletin_sealed', { state })
}

/** A claimed review is free again after half an hour, whether or not its holder released it. */
export const claimMinutes = 30
export const isClaimed = (claimedAt: Date | null, now: Date): boolean =>
  claimedAt !== null && now.getTime() - claimedAt.getTime() < claimMinutes * 60_000

/** Nothing is scheduled into the past, nor so close that a second look would come too late. */
export const leastLeadSeconds = 120
/** The maximum number of bulletins in a release set. */
export const mostReleased = 50
