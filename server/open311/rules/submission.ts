import { normalise } from '#server/platform/rules/text.ts'
import { type Intake, intakeSchema } from '#server/reports/rules/schemas.ts'
import { jurisdictionId } from './documents.ts'
import { readTime } from './filters.ts'
import { badRequest, notFound, type StandardError, StandardRefusal } from './standard-errors.ts'

/** What a form says, before the desk knows who sends it. */
export type Submission = Omit<Intake, 'channel' | 'source' | 'sourceKey'> & {
  /** The key of the report at its sender: the partner's reference, else the Idempotency-Key of the request. */
  key: string | null
  /** Addresses of photos on other servers. */
  mediaUrls: readonly string[]
}

const longestTitle = 120
export const longestKey = 200

/** The key of a report at its sender: the same key yields one report, also through different interfaces. */
export function keyOfReport(reference: string, idempotencyKey: string | null): string | null {
  const named = idempotencyKey?.trim()
  return reference ? `reference ${normalise(reference)}` : named ? `request ${normalise(named)}` : null
}

/**
 * Reads the form of a new request. Fields that the standard does not know are ignored. All faults are named at once.
 */
export function readSubmission(form: URLSearchParams, idempotencyKey: string | null): Submission {
  const errors: StandardError[] = []
  const fail = (description: string) => void errors.push(badRequest(description))
  const text = (name: string): string => form.get(name)?.trim() ?? ''
  const attribute = (name: string): string => text(`attribute[${name}]`)
  const jurisdiction = text('jurisdiction_id')
  if (jurisdiction !== '' && jurisdiction !== jurisdictionId) errors.push(notFound('jurisdiction_id was not found'))
  const categoryCode = text('service_code')
  if (categoryCode === '') fail('service_code was not provided')
  const point = pointOf(text('lat'), text('long'), fail)
  const address = text('address_string')
  if (!point && address === '' && errors.every(({ description }) => !/^lat/.test(description)))
    fail('a location is needed: lat and long, or address_string')
  const occurred = attribute('occurred_at')
  const occurredAt = occurred === '' ? null : readTime(occurred)
  if (occurred !== '' && !occurredAt) fail('attribute[occurred_at] must be a date and time')
  const description = text('description')
  const reporter = {
    // Vietnamese names begin with the family name.
    name: [text('last_name'), text('first_name')].filter((part) => part !== '').join(' '),
    phone: text('phone'),
    email: text('email'),
    address: '',
  }
  const given = {
    // Replaced below by who sends it.
    ...{ channel: 'open311' as const, source: 'open311', sourceKey: 'open311' },
    title: attribute('title') || titleFrom(description) || categoryCode,
    body: description || attribute('title') || categoryCode,
    categoryCode: categoryCode || null,
    address,
    point,
    occurredAt,
    reporter: Object.values(reporter).some((part) => part !== '') ? reporter : null,
  }
  const { data, error } = intakeSchema.safeParse(given)
  for (const { path, message } of error?.issues ?? []) fail(`${fieldOf(path)} ${words[message] ?? 'is not valid'}`)
  // FixMyStreet sends its own number under this name, and sends it again when it did not read our answer.
  const reference = text('external_id') || attribute('external_id') || attribute('fixmystreet_id')
  const key = keyOfReport(reference, idempotencyKey)
  if (key !== null && key.length > longestKey) fail('external_id or Idempotency-Key is too long')
  if (errors.length > 0 || !data) throw new StandardRefusal(...errors)
  const { channel: _, source: __, sourceKey: ___, ...intake } = data
  const mediaUrls = form.getAll('media_url').flatMap((each) => each.trim() || [])
  return { ...intake, key, mediaUrls: [...new Set(mediaUrls)] }
}

const number = /^[+-]?\d{1,3}(?:\.\d{1,20})?$/

function pointOf(lat: string, long: string, fail: (description: string) => void): { lon: number; lat: number } | null {
  if (lat === '' && long === '') return null
  const point = { lat: Number(lat), lon: Number(long) }
  const isPoint = number.test(lat) && number.test(long) && Math.abs(point.lat) <= 90 && Math.abs(point.lon) <= 180
  if (!isPoint) fail('lat and long must be decimal degrees, such as 21.0285 and 105.8542')
  return isPoint ? point : null
}

/** The first line of the words, cut between two words where it is long. */
export function titleFrom(description: string): string {
  const [line = ''] = description.split(/[\r\n]/)
  if (line.length <= longestTitle) return line.trim()
  const cut = [...line].slice(0, longestTitle).join('')
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestTitle / 2)).trim()}…`
}

const words: Record<string, string> = {
  too_long: 'is too long',
  required: 'is missing',
  bad_email: 'is not an address',
}

const fields: Record<string, string> = {
  title: 'attribute[title]',
  body: 'description',
  categoryCode: 'service_code',
  address: 'address_string',
  occurredAt: 'attribute[occurred_at]',
  'reporter.name': 'first_name or last_name',
  'reporter.phone': 'phone',
  'reporter.email': 'email',
}
const fieldOf = (path: readonly PropertyKey[]): string =>
  fields[path.map(String).join('.')] ?? path.map(String).join('.')
