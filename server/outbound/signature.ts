import { createHmac } from 'node:crypto'

/** Signatures of Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks, symmetric keys (v1). */

const prefix = 'whsec_'
/** Key sizes in bytes that the standard allows. */
const keyBytes = { least: 24, most: 64 }

export type Message = {
  /** The same for every try, so that receivers can recognise a repetition. */
  id: string
  /** The time of this try. */
  sentAt: Date
  /** The exact body, because the signature covers its bytes. */
  body: string
}

/** The secret in the form that receivers configure. */
export function secretOf(key: Uint8Array): string {
  if (key.length < keyBytes.least || key.length > keyBytes.most) throw new Error(`a key of ${key.length} bytes`)
  return `${prefix}${Buffer.from(key).toString('base64')}`
}

/** The headers of one try, signed by each secret: during a rotation the receiver may know only one of them. */
export function signatureHeaders(
  { id, sentAt, body }: Message,
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1000))
  const signed = `${id}.${timestamp}.${body}`
  const signatures = secrets.map((secret) => signatureOf(signed, secret))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

function signatureOf(signed: string, secret: string): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}
