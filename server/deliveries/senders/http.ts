import { type CallSettings, callOutside } from '#server/outbound/call.ts'
import type { CallFailure, CallResult } from '#server/outbound/rules/call-result.ts'
import { signatureHeaders } from '#server/outbound/signature.ts'
import { mobileOf } from '../rules/channels.ts'
import type { AttemptOutcome, SendResult } from '../rules/delivery.ts'
import { secondsAsked } from '../rules/retries.ts'
import { type Filling, filledCall, isAccepted, isNumberRefused, receiptIn } from '../rules/template.ts'
import { sentenceOf, shortMessage } from '../rules/texts.ts'
import type { Gateway, Outgoing, Sender } from './outgoing.ts'

/**
 * The outcome of a message by the failure of its call. Most failures concern the gateway, and the message can wait.
 * Without a complete answer the message may have been accepted, unless there was no connection; the repetition has the
 * same key.
 */
const outcomes: Record<CallFailure, Exclude<AttemptOutcome, 'accepted'>> = {
  invalid_address: 'temporary',
  needs_https: 'temporary',
  address_not_allowed: 'temporary',
  unknown_host: 'temporary',
  unreachable: 'unsure',
  tls: 'temporary',
  timeout: 'unsure',
  not_http: 'unsure',
  redirected: 'temporary',
  not_accepted: 'temporary',
  not_found: 'temporary',
  gone: 'temporary',
  too_many: 'temporary',
  not_understood: 'permanent',
  server_failed: 'temporary',
}

function resultOf({ failure, status, connected, retryAfterSeconds }: CallResult): SendResult | null {
  if (failure === null) return null
  const outcome = connected ? outcomes[failure] : 'temporary'
  const askedSeconds = secondsAsked(status, retryAfterSeconds)
  return { outcome, failure, status: status === null ? null : String(status), askedSeconds }
}

const refused = ({ status }: CallResult): SendResult => ({
  outcome: 'permanent',
  failure: 'number_refused',
  status: String(status),
})

/** Sends by a provider of short messages, as a template describes its API. */
export function templateSender(gateway: Gateway, secrets: Secrets, settings: CallSettings): Sender {
  return {
    async send(message) {
      const phone = mobileOf(message.contact)
      if (phone === null) return { outcome: 'permanent', failure: 'contact_gone', status: null }
      const filling = { ...fillingOf(message, phone, gateway.withoutAccents), ...secrets }
      const called = await callOutside(filledCall(gateway, filling), settings)
      if (called.status !== null && isNumberRefused(called.body, gateway)) return refused(called)
      const failed = resultOf(called)
      // With configured values for refused numbers, any other answer concerns the account or the template.
      if (failed?.outcome === 'permanent' && gateway.refusedValues !== '') return { ...failed, outcome: 'temporary' }
      if (failed) return failed
      const status = String(called.status)
      // Usually a problem of the city's account: no credit, blocked, or a wrong key.
      if (!isAccepted(called.body, gateway)) return { outcome: 'temporary', failure: 'not_accepted_so', status }
      return { outcome: 'accepted', status, receipt: receiptIn(called.body, gateway, filling) }
    },
    close: () => undefined,
  }
}

type Secrets = Pick<Filling, 'secret' | `secret.${string}`>

const fillingOf = (message: Outgoing, phone: string, plain: boolean): Omit<Filling, keyof Secrets> => ({
  phone,
  phone84: phone.replace(/^0/, '84'),
  text: shortMessage(message.kind, message, { plain }),
  kind: message.kind,
  code: message.code,
  link: message.link ?? '',
  key: message.key,
})

/** Calls the program of the partner that sent the report, signed as Standard Webhooks defines. */
export function appSender(gateway: Gateway, secret: string, now: () => Date, settings: CallSettings): Sender {
  return {
    async send(message) {
      const sentAt = now()
      const body = JSON.stringify({
        type: 'report.told',
        timestamp: sentAt.toISOString(),
        data: {
          kind: message.kind,
          code: message.code,
          reference: message.sourceKey,
          message: sentenceOf(message.kind, message),
          link: message.link,
        },
      })
      const signed = await signatureHeaders({ id: message.key, sentAt, body }, [secret])
      const headers = { ...signed, 'content-type': 'application/json', 'idempotency-key': message.key }
      const called = await callOutside({ address: gateway.address, method: 'POST', headers, body }, settings)
      return resultOf(called) ?? { outcome: 'accepted', status: String(called.status), receipt: null }
    },
    close: () => undefined,
  }
}
