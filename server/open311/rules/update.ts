import type { Saying } from '#server/citizen-links/rules/saying.ts'
import { citizenInformation, citizenRating, citizenReopening } from '#server/citizen-links/rules/schemas.ts'
import { typedLine } from '#server/platform/rules/text.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import { jurisdictionId } from './documents.ts'
import { badRequest, notFound, type StandardError, StandardRefusal } from './standard-errors.ts'

/** `status`: any word of the sending system, empty where it names none. */
export type SentUpdate = { code: string; status: string; description: string; rating: string | null }

const longestStatus = 60

/**
 * Reads the form of an update by the sender of a request, and reports all faults at once. Systems have statuses of
 * their own (`INVESTIGATING`, `NO_FURTHER_ACTION`), so each is accepted.
 */
export function readUpdate(form: URLSearchParams): SentUpdate {
  const errors: StandardError[] = []
  const text = (name: string): string => form.get(name)?.trim() ?? ''
  const jurisdiction = text('jurisdiction_id')
  if (jurisdiction !== '' && jurisdiction !== jurisdictionId) errors.push(notFound('jurisdiction_id was not found'))
  const [code, description] = [text('service_request_id'), text('description')]
  if (code === '') errors.push(badRequest('service_request_id was not provided'))
  const status = typedLine(text('status'))
  if (status.length > longestStatus) errors.push(badRequest('status is too long'))
  const rating = text('attribute[rating]').toLowerCase()
  if (rating !== '' && !(ratings as readonly string[]).includes(rating))
    errors.push(badRequest(`attribute[rating] must be one of ${ratings.join(', ')}`))
  if (description === '' && rating === '' && !saysMore(status)) errors.push(badRequest('description was not provided'))
  if (errors.length > 0) throw new StandardRefusal(...errors)
  return { code, status, description, rating: rating || null }
}

const isOpen = (status: string): boolean => status.toLowerCase() === 'open'
/** Programs send `OPEN` with every update. */
const saysMore = (status: string): boolean => status !== '' && !isOpen(status)

/**
 * The meaning of an update. Only the city closes a request: a citizen rates its answer, adds information, or reopens it
 * by the status open once it was answered. Any other status changes nothing: it is kept with the words, for staff to
 * read, as `statusLine` writes it.
 */
export function sayingOf(sent: SentUpdate, isAnswered: boolean, statusLine: (status: string) => string): Saying {
  const { status, description, rating } = sent
  if (rating !== null) return { is: 'rating', input: checked(citizenRating.safeParse({ rating, words: description })) }
  if (isOpen(status) && isAnswered)
    return { is: 'reopening', input: checked(citizenReopening.safeParse({ reason: description })) }
  return informationOf(description, saysMore(status) ? statusLine(status) : '')
}

/**
 * Instead of a reopening that is refused: programs send `OPEN` with all that a citizen adds, also when the days for it
 * are over, and the words shall not be lost.
 */
export const insteadOfReopening = ({ status, description }: SentUpdate, statusLine: (status: string) => string) =>
  informationOf(description, statusLine(status))

function informationOf(description: string, line: string): Saying {
  const body = [description, line].filter((part) => part !== '').join('\n\n')
  return { is: 'information', input: checked(citizenInformation.safeParse({ body })) }
}

function checked<Input>(input: { success: boolean; data?: Input }): Input {
  if (!input.success || !input.data) throw new StandardRefusal(badRequest('description is too long'))
  return input.data
}
