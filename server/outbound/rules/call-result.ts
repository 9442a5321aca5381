/** Why a call to a foreign address failed. What to do about each is in the texts, `integrations.calls`. */
export const callFailures = [
  /** Not a complete http(s) address, or one with a user name in it. */
  'invalid_address',
  /** http, where only configured internal addresses are called without TLS. */
  'needs_https',
  /** It is, or its name leads to, a private, local or otherwise special address that is not configured. */
  'address_not_allowed',
  'unknown_host',
  /** Refused, reset or no route. */
  'unreachable',
  /** Its certificate is not valid for this name, or it speaks no TLS. */
  'tls',
  /** Connected and answered too slowly. */
  'timeout',
  /** What it answers is not HTTP. */
  'not_http',
  /** It points elsewhere; redirects are not followed. */
  'redirected',
  /** 401, 402, 403, 407: it does not accept us, or our account. */
  'not_accepted',
  /** 404, 405: nothing takes calls there. */
  'not_found',
  /** 410: it is gone for good. */
  'gone',
  /** 429 */
  'too_many',
  /** Any other 4xx: it does not understand the call. */
  'not_understood',
  /** 5xx */
  'server_failed',
] as const
export type CallFailure = (typeof callFailures)[number]

export type CallResult = {
  /** Null: it answered with 2xx. */
  failure: CallFailure | null
  /** Null: there was no answer. */
  status: number | null
  /** There was a connection: what was sent may have arrived, even without an answer. */
  connected: boolean
  /** The beginning of the answer as text; at most `outboundLimits.answerBytes`. */
  body: string
  /** The answer was longer. */
  cut: boolean
  /** What it asked for with `Retry-After`. */
  retryAfterSeconds: number | null
  /** How long the call took. */
  millis: number
}

/** What an answer means by its status. */
export function failureOfStatus(status: number): CallFailure | null {
  if (status >= 200 && status < 300) return null
  if (status < 400) return 'redirected'
  if (status >= 500) return 'server_failed'
  return ofClientError[status] ?? 'not_understood'
}

const ofClientError: Readonly<Record<number, CallFailure>> = {
  401: 'not_accepted',
  402: 'not_accepted',
  403: 'not_accepted',
  407: 'not_accepted',
  404: 'not_found',
  405: 'not_found',
  410: 'gone',
  429: 'too_many',
}
