import { type Actor, holds } from '#server/accounts/rules/actor.ts'
import { callFailures } from '#server/outbound/rules/call-result.ts'

/** `disabled`: by the desk, after long failing. Of a paused or disabled one the notifications wait. */
export const webhookStates = ['active', 'paused', 'disabled', 'ended'] as const
export type WebhookState = (typeof webhookStates)[number]

/** `dead`: all tries failed; it is sent again only by hand. */
export const deliveryStates = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export const deliveryFailures = [
  ...callFailures,
  /** No secret can be read, as after a change of AUTH_SECRET. */
  'no_secret',
  /** A defect of the desk; its log has it. */
  'desk_failed',
] as const
/** Why a try failed. */
export type DeliveryFailure = (typeof deliveryFailures)[number]

export const webhookHealths = ['new', 'well', 'failing', 'paused', 'disabled', 'ended'] as const
export type WebhookHealth = (typeof webhookHealths)[number]

/** What an administrator should know of a webhook at a glance. */
export function healthOf({
  state,
  failingSince,
  lastSuccessAt,
}: {
  state: WebhookState
  failingSince: Date | null
  lastSuccessAt: Date | null
}): WebhookHealth {
  if (state !== 'active') return state
  if (failingSince) return 'failing'
  return lastSuccessAt ? 'well' : 'new'
}

/** Whether an administrator may see and change a webhook of this agency; null: of the whole city. */
export const mayAdministerWebhook = (actor: Actor, agencyId: string | null): boolean => holds(actor, 'admin', agencyId)

type Failures = { failingSince: Date | null; lastFailedAt: Date | null; at: Date }
type Patience = { disableAfterDays: number; failureGapHours: number }

/**
 * Since when tries have failed, with this one. After a gap it counts anew: a webhook of which nothing was tried for
 * days has not failed for days.
 */
export function failingSince(
  { failingSince: since, lastFailedAt, at }: Failures,
  { failureGapHours }: Pick<Patience, 'failureGapHours'>,
): Date {
  if (since === null || lastFailedAt === null) return at
  return at.getTime() - lastFailedAt.getTime() > failureGapHours * 3_600_000 ? at : since
}

/** Whether a failure is the one after which the desk stops trying. */
export function isDisabling(
  { since, at, isGone }: { since: Date; at: Date; isGone: boolean },
  { disableAfterDays }: Pick<Patience, 'disableAfterDays'>,
): boolean {
  return isGone || at.getTime() - since.getTime() >= disableAfterDays * 86_400_000
}

/** What a receiver recognises a repetition by. */
export const messageId = (deliveryId: string): string => `msg_${deliveryId}`
