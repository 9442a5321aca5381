import type { Saying } from '#server/citizen-links/rules/saying.ts'
import { citizenInformation, citizenRating, citizenReopening } from '#server/citizen-links/rules/schemas.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import { jurisdictionId } from './documents.ts'
import { badRequest, notFound, type StandardError, StandardRefusal } from './standard-errors.ts'
import type { RequestStatus } from './status.ts'

export type SentUpdate = { code: string; status: RequestStatus | null; description: string; rating: string | null }

/**
 * Reads the form of an update by the sender of a request. It accepts only the extension fields through which a citizen
 * can act, and reports all faults at once.
 */
export function readUpdate(form: URLSearchParams): SentUpdate {
  const errors: StandardError[] = []
  const text = (name: string): string => form.get(name)?.trim() ?? ''
  const jurisdiction = text('jurisdiction_id')
  if (jurisdiction !== '' && jurisdiction !== jurisdictionId) errors.push(notFound('jurisdiction_id was not found'))
  const [code, description] = [text('service_request_id'), text('description')]
  if (code === '') errors.push(badRequest('service_request_id was not provided'))
  const status = text('status').toLowerCase()
  if (!['', 'open', 'closed'].includes(status)) errors.push(badRequest('status must be open or closed'))
  const rating = text('attribute[rating]').toLowerCase()
  if (rating !== '' && !(ratings as readonly string[]).includes(rating))
    errors.push(badRequest(`attribute[rating] must be one of ${ratings.join(', ')}`))
  if (description === '' && rating === '') errors.push(badRequest('description was not provided'))
  if (errors.length > 0) throw new StandardRefusal(...errors)
  return { code, status: (status || null) as RequestStatus | null, description, rating: rating || null }
}

/**
 * The meaning of an update. Only the city closes a request: a citizen rates its answer, adds information, or reopens it
 * by the status open for a closed request.
 */
export function sayingOf({ status, description, rating }: SentUpdate, current: RequestStatus): Saying {
  const checked = <Input>(input: { success: boolean; data?: Input }): Input => {
    if (!input.success || !input.data) throw new StandardRefusal(badRequest('description is too long'))
    return input.data
  }
  if (rating !== null) return { is: 'rating', input: checked(citizenRating.safeParse({ rating, words: description })) }
  if (status === 'closed' && current === 'open')
    throw new StandardRefusal(badRequest('only the city closes a request: send no status, or attribute[rating]'))
  if (status === 'open' && current === 'closed')
    return { is: 'reopening', input: checked(citizenReopening.safeParse({ reason: description })) }
  return { is: 'information', input: checked(citizenInformation.safeParse({ body: description })) }
}
