import type { IncomingMessage } from 'node:http'
import { bodyIn, readPast } from '#server/endpoints/photos.ts'
import { Slots } from '#server/endpoints/slots.ts'
import { DomainError } from '#server/platform/errors.ts'
import { citizenLinkLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'

export type SentForm = { fields: Map<string, string>; photos: Uint8Array[] }

const { perForm, perLink, inAll } = citizenLinkLimits.photos
const { formBytes } = citizenLinkLimits
const slots = new Slots({ perAccount: perLink, perProcess: inAll })
const mostParts = 16
const mostBytes = perForm * photoLimits.bytes + formBytes

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
    const fields = new URLSearchParams((await within(request, formBytes)).toString())
    return work({ fields: plainFields(fields), photos: [] })
  }
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    await readPast(request)
    throw new DomainError('bad_input')
  }
  const leave = slots.take(link)
  if (typeof leave === 'string') {
    await readPast(request)
    throw new DomainError(leave === 'account_full' ? 'own_uploads_busy' : 'uploads_busy')
  }
  try {
    return await work(await partsOf(await within(request, mostBytes), type))
  } finally {
    leave()
  }
}

async function within(request: IncomingMessage, most: number): Promise<Buffer> {
  const body = await bodyIn(request, most)
  if (!body) throw new DomainError('body_too_large', { bytes: most })
  return body
}

async function partsOf(body: Buffer, type: string): Promise<SentForm> {
  // Counted before parsing, because a body of empty parts would take seconds to parse.
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(type) ?? []
  const line = `--${quoted ?? bare ?? ''}`
  if (line === '--') throw new DomainError('bad_input')
  for (let at = body.indexOf(line), parts = 0; at >= 0; at = body.indexOf(line, at + 1)) {
    if (++parts > mostParts) throw new DomainError('bad_input')
  }
  const parsed = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => null)
  if (!parsed) throw new DomainError('bad_input')
  const files = [...parsed.values()].filter((value): value is File => typeof value !== 'string' && value.size > 0)
  const photos = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())))
  const fields = [...parsed].filter((field): field is [string, string] => typeof field[1] === 'string')
  return { fields: plainFields(fields), photos }
}

/** The first value of each name, without NUL, which PostgreSQL texts cannot contain. */
function plainFields(given: Iterable<[string, string]>): Map<string, string> {
  const fields = new Map<string, string>()
  let length = 0
  for (const [name, value] of given) {
    length += name.length + value.length
    if (!fields.has(name)) fields.set(name, value.replaceAll('\0', ''))
  }
  if (length > formBytes) throw new DomainError('body_too_large', { bytes: formBytes })
  return fields
}
