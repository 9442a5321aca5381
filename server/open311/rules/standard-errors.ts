import { DomainError } from '#server/platform/errors.ts'

/** One entry of the standard's list of errors; the code is the HTTP status. */
export type StandardError = { code: number; description: string }

/** A refusal in the words of the standard. */
export class StandardRefusal extends DomainError {
  readonly errors: readonly StandardError[]

  constructor(...errors: StandardError[]) {
    super('bad_input')
    this.errors = errors
  }
}

export const badRequest = (description: string): StandardError => ({ code: 400, description })
export const notFound = (description: string): StandardError => ({ code: 404, description })

export const keyTooLate: StandardError = {
  code: 413,
  description: 'the request is too large: in a form api_key comes before the photos; or send it in a header',
}

export const busy: StandardError = { code: 503, description: 'too many requests at the same time: try again' }

export const noKey = (): DomainError => new DomainError('api_key_invalid')

/** Refusals of the desk that a program may meet, in words for its developer. */
const descriptions: Record<string, { code: number; description: string }> = {
  foreign_origin: { code: 403, description: 'requests from pages of other origins are refused' },
  api_key_invalid: { code: 403, description: 'api_key is missing, or is not valid' },
  forbidden: { code: 403, description: 'this api_key does not have the permission' },
  not_found: { code: 404, description: 'not found' },
  category_unknown: { code: 404, description: 'service_code was not found' },
  bad_input: { code: 400, description: 'the request cannot be read' },
  invalid_move: { code: 400, description: 'the state of the request does not allow it' },
  window_passed: { code: 400, description: 'the days in which the citizen could do it are over' },
  answer_leaving: { code: 400, description: 'the answer is about to be sent: try again in a moment' },
  report_updating: { code: 503, description: 'the request is being changed: try again in a moment' },
  too_many_requests: { code: 429, description: 'too many requests: wait as Retry-After says' },
  api_client_day_full: { code: 429, description: 'this api_key has sent as many reports today as it may' },
  body_too_large: { code: 413, description: 'the request is too large' },
  file_too_large: { code: 413, description: 'the photo is too large' },
  file_not_an_image: { code: 400, description: 'media must be a JPEG, PNG or WebP image' },
  too_many_photos: { code: 400, description: 'the request has too many photos' },
  file_heic: { code: 400, description: 'media must be a JPEG, PNG or WebP image: HEIC is not accepted' },
  photo_too_many_pixels: { code: 400, description: 'the photo has too many pixels' },
  photo_damaged: { code: 400, description: 'the photo is damaged' },
  file_refused: { code: 400, description: 'the photo is refused by the virus scanner' },
  upload_stalled: { code: 408, description: 'the request did not arrive in time' },
  uploads_busy: { code: 503, description: 'too many photos at the same time: try again' },
  own_uploads_busy: { code: 429, description: 'too many photos at the same time: try again' },
  defect: { code: 500, description: 'the request failed' },
}

/** A refusal as the standard's list. `status`: the HTTP status of refusals without words of their own. */
export function errorsOf(refusal: DomainError, status: number): readonly StandardError[] {
  if (refusal instanceof StandardRefusal) return refusal.errors
  return [descriptions[refusal.code] ?? { code: status, description: refusal.code.replaceAll('_', ' ') }]
}
