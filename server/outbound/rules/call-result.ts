/** Why a call to a foreign address failed. The texts `integrations.calls` describe the remedies. */
export const callFailures = [
  /** Not a complete http(s) address, or one with a user name in it. */
  'invalid_address',
  /** http, which is only allowed to configured internal addresses. */
  'needs_https',
  /** A private, local or special address that is not configured, or a name that leads to one. */
  'address_not_allowed',
  'unknown_host',
  /** Refused, reset or no route. */
  'unreachable',
  /** The certificate is not valid for this name, or the server does not use TLS. */
  'tls',
  /** The connection or the answer was too slow. */
  'timeout',
  /** The answer is not HTTP. */
  'not_http',
  /** A redirect, which the desk does not follow. */
  'redirected',
  /** 401, 402, 403, 407: the receiver refuses the credentials or the account. */
  'not_accepted',
  /** 404, 405: the receiver has no such endpoint. */
  'not_found',
  /** 410: the endpoint was removed permanently. */
  'gone',
  /** 429 */
  'too_many',
  /** Any other 4xx: the receiver refuses the request. */
  'not_understood',
  /** 5xx */
  'server_failed',
] as const
export type CallFailure = (typeof callFailures)[number]

export type CallResult = {
  /** Null: the answer was 2xx. */
  failure: CallFailure | null
  /** Null: there was no answer. */
  status: number | null
  /** Whether a connection existed: if so, the request may have arrived even without an answer. */
  connected: boolean
  /** The first part of the answer as text; at most `outboundLimits.answerBytes`. */
  body: string
  /** Whether the answer was longer than `body`. */
  cut: boolean
  /** The value of `Retry-After`. */
  retryAfterSeconds: number | null
  /** The duration of the call. */
  millis: number
}

/** The failure that a status means; null for success. */
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
