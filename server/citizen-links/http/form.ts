import type { IncomingMessage } from 'node:http'
import { isMultipart, readMultipart } from '#server/endpoints/multipart.ts'
import { bodyIn, readPast } from '#server/endpoints/photos.ts'
import { Slots } from '#server/endpoints/slots.ts'
import { DomainError } from '#server/platform/errors.ts'
import { citizenLinkLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'

export type SentForm = { fields: Map<string, string>; photos: readonly Uint8Array[] }

const { perForm, perLink, inAll } = citizenLinkLimits.photos
const { formBytes } = citizenLinkLimits
const slots = new Slots({ perAccount: perLink, perProcess: inAll })
const parts = 16
/** Too many photos are refused after reading, so that the page shows the typed words again. */
const limits = { bytes: perForm * photoLimits.bytes + formBytes, textBytes: formBytes, parts, photos: parts }

/**
 * Reads a form in either encoding that browsers send without scripts, and runs the work on it. Photos are held in
 * memory meanwhile, so the number of such forms at a time is limited.
 */
export async function withForm<Result>(
  request: IncomingMessage,
  link: string,
  work: (form: SentForm) => Promise<Result>,
): Promise<Result> {
  const type = request.headers['content-type'] ?? ''
  if (/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) {
    const body = await bodyIn(request, formBytes)
    if (!body) throw new DomainError('body_too_large', { bytes: formBytes })
    return work({ fields: plainFields(new URLSearchParams(body.toString())), photos: [] })
  }
  if (!isMultipart(request)) {
    await readPast(request)
    throw new DomainError('bad_input')
  }
  const leave = slots.take(link)
  if (typeof leave === 'string') {
    await readPast(request)
    throw new DomainError(leave === 'account_full' ? 'own_uploads_busy' : 'uploads_busy')
  }
  try {
    const { fields, photos } = await readMultipart(request, limits)
    return await work({ fields: plainFields(fields), photos })
  } finally {
    leave()
  }
}

/** The first value of each name, without NUL, which PostgreSQL texts cannot contain. */
function plainFields(given: URLSearchParams): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of given) if (!fields.has(name)) fields.set(name, value.replaceAll('\0', ''))
  return fields
}
