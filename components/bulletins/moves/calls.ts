import type { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import type { AlertEnding } from '#server/bulletins/rules/alert.ts'
import type { BulletinMove, CorrectionKind } from '#server/bulletins/rules/lifecycle.ts'
import type { BulletinChange } from '#server/bulletins/rules/schemas.ts'

/** What each move sends beside the bulletin and its version. */
type Inputs = {
  submit: { note: string }
  take_back: object
  claim_review: object
  release_review: object
  request_changes: { remarks: string }
  approve: { acknowledged: string[] }
  schedule: { at: Date; acknowledged: string[] }
  unschedule: object
  publish: { acknowledged: string[] }
  publish_unreviewed: { reason: string; acknowledged: string[] }
  look_back: { remarks: string }
  correct: { kind: CorrectionKind; note: string; noteEn: string; reason?: string }
  discard_correction: object
  withdraw: { notice: string; noticeEn: string; alertEnding: AlertEnding | null }
  discard: object
  bring_back: object
  unpublish: { reason: string; redirectToId: string | null; endsAlert: boolean }
}
export type MoveInput<M extends BulletinMove> = Inputs[M]
export type MoveCall = { [M in BulletinMove]: { move: M; change: BulletinChange; input: Inputs[M] } }[BulletinMove]

/** Moves without a dialog: made at once, and reversible. */
const direct = [
  'take_back',
  'claim_review',
  'release_review',
  'unschedule',
  'discard',
  'bring_back',
] as const satisfies readonly BulletinMove[]
export type DirectMove = (typeof direct)[number]
export const isDirect = (move: BulletinMove): move is DirectMove => (direct as readonly BulletinMove[]).includes(move)

export function sendMove(
  { bulletins }: ReturnType<typeof useTRPCClient>,
  call: MoveCall,
): Promise<{ version: number }> {
  const { change } = call
  switch (call.move) {
    case 'submit':
      return bulletins.submit.mutate({ ...change, ...call.input })
    case 'take_back':
      return bulletins.takeBack.mutate(change)
    case 'claim_review':
      return bulletins.claimReview.mutate(change)
    case 'release_review':
      return bulletins.releaseReview.mutate(change)
    case 'request_changes':
      return bulletins.requestChanges.mutate({ ...change, ...call.input })
    case 'approve':
      return bulletins.approve.mutate({ ...change, ...call.input })
    case 'schedule':
      return bulletins.schedule.mutate({ ...change, ...call.input })
    case 'unschedule':
      return bulletins.unschedule.mutate(change)
    case 'publish':
      return bulletins.publish.mutate({ ...change, ...call.input })
    case 'publish_unreviewed':
      return bulletins.publishUnreviewed.mutate({ ...change, ...call.input })
    case 'look_back':
      return bulletins.lookBack.mutate({ ...change, ...call.input })
    case 'correct':
      return bulletins.correct.mutate({ ...change, ...call.input })
    case 'discard_correction':
      return bulletins.discardCorrection.mutate(change)
    case 'withdraw':
      return bulletins.withdraw.mutate({ ...change, ...call.input })
    case 'discard':
      return bulletins.discard.mutate(change)
    case 'bring_back':
      return bulletins.bringBack.mutate(change)
    case 'unpublish':
      return bulletins.unpublish.mutate({ ...change, ...call.input })
  }
}
