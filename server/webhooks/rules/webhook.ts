import { type Actor, holds } from '#server/accounts/rules/actor.ts'
import { callFailures } from '#server/outbound/rules/call-result.ts'

/** `disabled`: stopped by the desk after failures for days. Deliveries of paused and disabled webhooks wait. */
export const webhookStates = ['active', 'paused', 'disabled', 'ended'] as const
export type WebhookState = (typeof webhookStates)[number]

/** `dead`: all tries have failed; only an administrator can send it again. */
export const deliveryStates = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export const deliveryFailures = [
  ...callFailures,
  /** No secret can be decrypted, for example after a change of AUTH_SECRET. */
  'no_secret',
  /** A defect of the desk, which is in its log. */
  'desk_failed',
] as const
export type DeliveryFailure = (typeof deliveryFailures)[number]

export const webhookHealths = ['new', 'well', 'failing', 'paused', 'disabled', 'ended'] as const
export type WebhookHealth = (typeof webhookHealths)[number]

/** The health of a webhook for the screens. */
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

/** Whether an administrator is responsible for webhooks of this agency; null: of the whole city. */
export const mayAdministerWebhook = (actor: Actor, agencyId: string | null): boolean => holds(actor, 'admin', agencyId)

type Failures = { failingSince: Date | null; lastFailedAt: Date | null; at: Date }
type Patience = { disableAfterDays: number; failureGapHours: number }

/**
 * The time since which tries have failed, including this failure. It restarts after a gap, because a webhook without
 * tries for days has not failed for days.
 */
export function failingSince(
  { failingSince: since, lastFailedAt, at }: Failures,
  { failureGapHours }: Pick<Patience, 'failureGapHours'>,
): Date {
  if (since === null || lastFailedAt === null) return at
  return at.getTime() - lastFailedAt.getTime() > failureGapHours * 3_600_000 ? at : since
}

/** Whether the desk stops the webhook after this failure. */
export function isDisabling(
  { since, at, isGone }: { since: Date; at: Date; isGone: boolean },
  { disableAfterDays }: Pick<Patience, 'disableAfterDays'>,
): boolean {
  return isGone || at.getTime() - since.getTime() >= disableAfterDays * 86_400_000
}

/** The id by which a receiver recognises a repetition. */
export const messageId = (deliveryId: string): string => `msg_${deliveryId}`
