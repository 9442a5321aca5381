import type { TRPCError } from '@trpc/server'

const statuses: Record<string, TRPCError['code']> = {
  signed_out: 'UNAUTHORIZED',
  session_expired: 'UNAUTHORIZED',
  session_idle: 'UNAUTHORIZED',
  session_revoked: 'UNAUTHORIZED',
  other_account: 'UNAUTHORIZED',
  wrong_credentials: 'UNAUTHORIZED',
  foreign_origin: 'FORBIDDEN',
  forbidden: 'FORBIDDEN',
  own_answer: 'FORBIDDEN',
  own_bulletin: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  too_many_attempts: 'TOO_MANY_REQUESTS',
  bad_input: 'BAD_REQUEST',
  export_busy: 'TOO_MANY_REQUESTS',
  file_too_large: 'PAYLOAD_TOO_LARGE',
  file_not_an_image: 'UNSUPPORTED_MEDIA_TYPE',
  file_heic: 'UNSUPPORTED_MEDIA_TYPE',
}

/** The HTTP meaning of a refusal. What is not listed was understood and cannot be done: 422. */
export const statusOf = (code: string): TRPCError['code'] => statuses[code] ?? 'UNPROCESSABLE_CONTENT'
