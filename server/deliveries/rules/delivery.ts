import { callFailures } from '#server/outbound/rules/call-result.ts'

/** What a citizen is told, each by one delivery. */
export const deliveryKinds = ['answer', 'passed_on', 'rejection', 'question', 'notice', 'rating_reminder'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

/** How a message can reach a reporter. */
export const deliveryChannels = ['app', 'mail', 'sms', 'zalo', 'letter'] as const
export type DeliveryChannel = (typeof deliveryChannels)[number]

/** The channels that a gateway serves; a letter is printed by staff. */
export const gatewayKinds = ['app', 'mail', 'sms', 'zalo'] as const satisfies readonly DeliveryChannel[]
export type GatewayKind = (typeof gatewayKinds)[number]

/**
 * waiting: no channel is chosen. queued: a gateway will send it. letter: staff print it. failed: work for the intake.
 * The others are final; `posted` and `told` are what staff have recorded.
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

/** What staff still have to do something about. */
export const workStates = ['failed', 'letter'] as const satisfies readonly DeliveryState[]

/** What is still to be sent, or to be done by staff. */
export const openStates = ['waiting', 'queued', ...workStates] as const satisfies readonly DeliveryState[]

/** How an attempt ended; one without an outcome has not ended, or its process has died. */
export const attemptOutcomes = ['accepted', 'temporary', 'permanent', 'unsure'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** Why something was not delivered. The words of a gateway are not kept: they may repeat the number or the address. */
export const deliveryFailures = [
  ...callFailures,
  /** It answered, and its answer does not say accepted: mostly the account of the city. */
  'not_accepted_so',
  /** Its answer says that the number is none, or takes no messages. */
  'number_refused',
  'mail_unreachable',
  'mail_login',
  /** The mail server refuses this address. */
  'mail_refused',
  /** The mail server refuses the sender, or the letter: whoever it goes to. */
  'mail_sender',
  /** The mail server refuses it for now. */
  'mail_busy',
  /** The process died while sending: nobody knows whether it was sent. */
  'interrupted',
  /** The city has no gateway by which this reporter can be reached. */
  'no_channel',
  /** It waited too long to be sent by itself. */
  'too_old',
  /** The contact that it was addressed to is gone. */
  'contact_gone',
  /** The secret of the gateway cannot be decrypted any more. */
  'secret_lost',
] as const
export type DeliveryFailure = (typeof deliveryFailures)[number]

/** The result of one attempt, as a sender reports it. */
export type SendResult =
  | { outcome: 'accepted'; status: string; receipt: string | null }
  | { outcome: Exclude<AttemptOutcome, 'accepted'>; failure: DeliveryFailure; status: string | null }
