import { DomainError } from '#server/platform/errors.ts'

export type FieldError = { detail: string; pointer?: string; parameter?: string }

/** The problems by their stable names. The status of a problem never changes. */
export const problems = {
  malformed_request: { status: 400, title: 'The request cannot be read' },
  invalid_parameters: { status: 400, title: 'A parameter is not valid' },
  api_key_invalid: { status: 401, title: 'The key is missing, or is not valid' },
  forbidden: { status: 403, title: 'This key does not have the permission' },
  foreign_origin: { status: 403, title: 'Requests from pages of other origins are refused' },
  not_found: { status: 404, title: 'There is no such thing, or it is not yours' },
  method_not_allowed: { status: 405, title: 'This address does not have the method' },
  not_acceptable: { status: 406, title: 'The answer has no type that Accept names' },
  request_stalled: { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'Something else changed it at the same moment' },
  not_possible_now: { status: 409, title: 'The state of the report does not allow it' },
  too_late: { status: 409, title: 'The days in which the citizen could do it are over' },
  gone: { status: 410, title: 'It was taken down' },
  changed_meanwhile: { status: 412, title: 'It is not the version that If-Match names' },
  body_too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'Send application/json in UTF-8' },
  invalid_fields: { status: 422, title: 'A field is not valid' },
  category_unknown: { status: 422, title: 'There is no such category' },
  refused: { status: 422, title: 'The desk refuses it' },
  too_many_requests: { status: 429, title: 'Too many requests: wait as Retry-After says' },
  day_full: { status: 429, title: 'This key has sent as many reports today as it may' },
  failed: { status: 500, title: 'The request failed' },
  unavailable: { status: 503, title: 'Try again in a moment' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemName = keyof typeof problems
export const problemNames = Object.keys(problems) as ProblemName[]

/** Never changes, because clients compare it; independent of the address of the desk. */
export const typeOf = (name: ProblemName): string => `tag:hanoi.gov.vn,2026:desk/problems/${name}`

/** A refusal of the REST interface itself. */
export class Problem extends DomainError {
  readonly problem: ProblemName
  readonly errors: readonly FieldError[]

  constructor(problem: ProblemName, errors: readonly FieldError[] = []) {
    super('bad_input')
    this.problem = problem
    this.errors = errors
  }
}

/** Refusals of commands that a program may cause. */
const ofRefusal: Readonly<Record<string, ProblemName>> = {
  bad_input: 'malformed_request',
  api_key_invalid: 'api_key_invalid',
  forbidden: 'forbidden',
  foreign_origin: 'foreign_origin',
  not_found: 'not_found',
  conflict: 'conflict',
  invalid_move: 'not_possible_now',
  answer_leaving: 'not_possible_now',
  window_passed: 'too_late',
  report_updating: 'conflict',
  upload_stalled: 'request_stalled',
  body_too_large: 'body_too_large',
  file_too_large: 'body_too_large',
  own_uploads_busy: 'too_many_requests',
  uploads_busy: 'unavailable',
  category_unknown: 'category_unknown',
  too_many_requests: 'too_many_requests',
  api_client_day_full: 'day_full',
  defect: 'failed',
  unavailable: 'unavailable',
  busy: 'unavailable',
  database_busy: 'unavailable',
  too_slow: 'unavailable',
  storage_full: 'unavailable',
}

export type ProblemDocument = {
  type: string
  title: string
  status: number
  detail?: string
  request_id?: string
  errors?: FieldError[]
}

export function problemOf(refusal: DomainError, requestId?: string): ProblemDocument {
  const name = refusal instanceof Problem ? refusal.problem : (ofRefusal[refusal.code] ?? 'refused')
  const errors = refusal instanceof Problem ? refusal.errors : []
  return {
    type: typeOf(name),
    ...problems[name],
    ...(name === 'refused' && { detail: refusal.code.replaceAll('_', ' ') }),
    ...(requestId && { request_id: requestId }),
    ...(errors.length > 0 && { errors: [...errors] }),
  }
}
