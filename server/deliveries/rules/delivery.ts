import { callFailures } from '#server/outbound/rules/call-result.ts'

/** The kinds of messages to citizens, one delivery each. */
export const deliveryKinds = ['answer', 'passed_on', 'rejection', 'question', 'notice', 'rating_reminder'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

/** How a message can reach a reporter. */
export const deliveryChannels = ['app', 'mail', 'sms', 'zalo', 'letter'] as const
export type DeliveryChannel = (typeof deliveryChannels)[number]

/** The channels that a gateway serves; a letter is printed by staff. */
export const gatewayKinds = ['app', 'mail', 'sms', 'zalo'] as const satisfies readonly DeliveryChannel[]
export type GatewayKind = (typeof gatewayKinds)[number]

/**
 * waiting: no channel is chosen yet. queued: a gateway will send it. letter: staff print it. failed: work for intake.
 * All others are final; staff record `posted` and `told`.
 */
export const deliveryStates = [
  'waiting',
  'queued',
  'sent',
  'failed',
  'letter',
  'posted',
  'told',
  'no_contact',
  'cancelled',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Deliveries that staff have to handle. */
export const workStates = ['failed', 'letter'] as const satisfies readonly DeliveryState[]

/** Deliveries that are still to be sent or handled. */
export const openStates = ['waiting', 'queued', ...workStates] as const satisfies readonly DeliveryState[]

/** An attempt without an outcome is in progress, or its process has died. */
export const attemptOutcomes = ['accepted', 'temporary', 'permanent', 'unsure'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/**
 * The cause of a failure as a code. Texts of gateways are not stored, because they may contain the number or address.
 */
export const deliveryFailures = [
  ...callFailures,
  /** The answer does not confirm acceptance, usually because of the city's account at the provider. */
  'not_accepted_so',
  /** The provider refuses the number as invalid or unable to receive messages. */
  'number_refused',
  'mail_unreachable',
  'mail_login',
  /** The mail server refuses this address. */
  'mail_refused',
  /** The mail server refuses the sender or the letter, not the recipient. */
  'mail_sender',
  /** The mail server refuses temporarily. */
  'mail_busy',
  /** The process died while sending, so the result is unknown. */
  'interrupted',
  /** The city has no gateway that can reach this reporter. */
  'no_channel',
  /** It exceeded the age for automatic sending. */
  'too_old',
  /** The contact that was used no longer exists. */
  'contact_gone',
  /** The secret of the gateway cannot be decrypted. */
  'secret_lost',
] as const
export type DeliveryFailure = (typeof deliveryFailures)[number]

/** The result of one attempt, as a sender reports it. */
export type SendResult =
  | { outcome: 'accepted'; status: string; receipt: string | null }
  | {
      outcome: Exclude<AttemptOutcome, 'accepted'>
      failure: DeliveryFailure
      status: string | null
      /** The wait before the next call that an overloaded gateway asks for, in seconds. */
      askedSeconds?: number | null
    }
