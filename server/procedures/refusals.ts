import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'

const statuses: Record<string, TRPCError['code']> = {
  bad_input: 'BAD_REQUEST',
  signed_out: 'UNAUTHORIZED',
  session_expired: 'UNAUTHORIZED',
  session_idle: 'UNAUTHORIZED',
  session_revoked: 'UNAUTHORIZED',
  other_account: 'UNAUTHORIZED',
  second_factor_needed: 'UNAUTHORIZED',
  wrong_credentials: 'UNAUTHORIZED',
  api_key_invalid: 'UNAUTHORIZED',
  foreign_origin: 'FORBIDDEN',
  forbidden: 'FORBIDDEN',
  own_second_factor: 'FORBIDDEN',
  own_answer: 'FORBIDDEN',
  own_bulletin: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  job_not_failed: 'CONFLICT',
  explanation_closed: 'CONFLICT',
  explanation_asked_before: 'CONFLICT',
  too_many_attempts: 'TOO_MANY_REQUESTS',
  export_busy: 'TOO_MANY_REQUESTS',
  too_many_requests: 'TOO_MANY_REQUESTS',
  body_too_large: 'PAYLOAD_TOO_LARGE',
  too_many_calls: 'BAD_REQUEST',
  uploads_busy: 'SERVICE_UNAVAILABLE',
  own_uploads_busy: 'TOO_MANY_REQUESTS',
  upload_stalled: 'TIMEOUT',
  upload_quota: 'TOO_MANY_REQUESTS',
  file_too_large: 'PAYLOAD_TOO_LARGE',
  file_not_an_image: 'UNSUPPORTED_MEDIA_TYPE',
  file_heic: 'UNSUPPORTED_MEDIA_TYPE',
  busy: 'SERVICE_UNAVAILABLE',
  database_busy: 'SERVICE_UNAVAILABLE',
  too_slow: 'SERVICE_UNAVAILABLE',
  unavailable: 'SERVICE_UNAVAILABLE',
  storage_full: 'SERVICE_UNAVAILABLE',
  defect: 'INTERNAL_SERVER_ERROR',
}

/** HTTP statuses for which tRPC has no name. */
const numbers: Record<string, number> = { storage_full: 507 }

/** The tRPC code of a refusal. Refusals not listed were understood but cannot be done: 422. */
export const statusOf = (code: string): TRPCError['code'] => statuses[code] ?? 'UNPROCESSABLE_CONTENT'

/** The same as an HTTP status. */
export const httpStatusOf = (code: string): number =>
  numbers[code] ?? getHTTPStatusCodeFromError(new TRPCError({ code: statusOf(code) }))
