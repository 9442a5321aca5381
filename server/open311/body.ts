import type { IncomingMessage } from 'node:http'
import { placeOf } from '#server/accounts/rules/network.ts'
import type { ApiClient } from '#server/api-clients/rules/api-client.ts'
import { bodyIn, readPast } from '#server/endpoints/photos.ts'
import { Slots } from '#server/endpoints/slots.ts'
import { DomainError } from '#server/platform/errors.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import { badRequest, keyTooLate, StandardRefusal } from './rules/standard-errors.ts'

export type Form = { fields: URLSearchParams; photos: readonly Uint8Array[] }

const { perClient, inAll, withoutKey, withoutKeyInAll } = apiLimits.photos
const known = new Slots({ perAccount: perClient, perProcess: inAll })
const unknown = new Slots({ perAccount: withoutKey, perProcess: withoutKeyInAll })
const mostParts = 64
/** A form with its photos. */
const mostBytes = photoLimits.bytes + apiLimits.formBytes

/** Whether the rest of a body is too much to be read and discarded after a refusal. */
export const isEndless = ({ headers, complete }: IncomingMessage): boolean =>
  !complete && !(Number(headers['content-length'] ?? 0) <= mostBytes && headers['transfer-encoding'] === undefined)

type Sender = { client: ApiClient | null; ip: string }

/**
 * Runs the work on the fields of the address and of the body, which count before those of the address, and at most
 * `mostPhotos` photos. Photos are held in memory meanwhile, so their number is limited, and more strictly as long as
 * nobody knows who sends them.
 */
export async function withForm<Result>(
  request: IncomingMessage,
  query: URLSearchParams,
  sender: Sender,
  work: (form: Form) => Promise<Result>,
  mostPhotos = 1,
): Promise<Result> {
  const type = request.headers['content-type'] ?? ''
  const [name = ''] = type.toLowerCase().split(';')
  const isEmpty = request.headers['transfer-encoding'] === undefined && !Number(request.headers['content-length'] ?? 0)
  if (isEmpty) return work({ fields: query, photos: [] })
  if (name.trim() === 'application/x-www-form-urlencoded') {
    const text = (await within(request, apiLimits.formBytes)).toString()
    return work({ fields: together(query, new URLSearchParams(text)), photos: [] })
  }
  if (name.trim() !== 'multipart/form-data') {
    throw new StandardRefusal(badRequest('send a form: application/x-www-form-urlencoded or multipart/form-data'))
  }
  const boundary = boundaryOf(type)
  const slots = sender.client ? known : unknown
  const leave = slots.take(sender.client?.id ?? placeOf(sender.ip).address)
  if (typeof leave === 'string') {
    await readPast(request)
    throw new DomainError(leave === 'account_full' ? 'own_uploads_busy' : 'uploads_busy')
  }
  try {
    const { fields, photos } = await partsOf(await wholeOf(request, sender), { type, boundary, mostPhotos })
    return await work({ fields: together(query, fields), photos })
  } finally {
    leave()
  }
}

/** Of a sender whose key is only in its form, no more is held than of a form without a photo. */
async function wholeOf(request: IncomingMessage, { client }: Sender): Promise<Buffer> {
  if (client) return within(request, mostBytes)
  return within(request, apiLimits.formBytes, new StandardRefusal(keyTooLate))
}

async function within(
  request: IncomingMessage,
  most: number,
  refusal = new DomainError('body_too_large', { bytes: most }),
): Promise<Buffer> {
  const body = await bodyIn(request, most)
  if (body) return body
  await readPast(request)
  throw refusal
}

const multipart = /^\s*multipart\/form-data(?:\s*;\s*[\w-]+=(?:"[^"\\]*"|[^\s;"]+))+\s*$/i

/** The boundary of the parts, as every reader of the header understands it: a header with two of them is refused. */
function boundaryOf(type: string): string {
  const parameters = multipart.test(type) ? [...type.matchAll(/;\s*([\w-]+)=(?:"([^"\\]*)"|([^\s;"]+))/g)] : []
  const [boundary, second] = parameters.filter(([, name]) => name?.toLowerCase() === 'boundary')
  const named = boundary?.[2] ?? boundary?.[3] ?? ''
  if (named === '' || second) throw new StandardRefusal(badRequest('the Content-Type must name one boundary'))
  return named
}

type Reading = { type: string; boundary: string; mostPhotos: number }

async function partsOf(body: Buffer, { type, boundary, mostPhotos }: Reading): Promise<Form> {
  // Counted before they are parsed: a body of nothing but empty parts would be work for seconds.
  const line = `--${boundary}`
  for (let at = body.indexOf(line), parts = 0; at >= 0; at = body.indexOf(line, at + 1)) {
    if (++parts > mostParts) throw new StandardRefusal(badRequest(`the form may have at most ${mostParts} parts`))
  }
  const parsed = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => null)
  if (!parsed) throw new StandardRefusal(badRequest('the parts of the form cannot be read'))
  const fields = new URLSearchParams()
  const photos: File[] = []
  let length = 0
  for (const [name, value] of parsed) {
    // Many libraries give a part in JSON the name of a file.
    const text = typeof value === 'string' ? value : /^application\/json\b/.test(value.type) ? await value.text() : null
    length += name.length + (text?.length ?? 0)
    if (text !== null) fields.append(name, text)
    else if (typeof value !== 'string' && value.size > 0) photos.push(value)
  }
  if (length > apiLimits.formBytes) throw new DomainError('body_too_large', { bytes: apiLimits.formBytes })
  if (photos.length > mostPhotos) {
    const allowed = mostPhotos === 1 ? 'one photo' : `${mostPhotos} photos`
    throw new StandardRefusal(badRequest(`the form may have ${allowed}`))
  }
  return { fields, photos: await Promise.all(photos.map(async (photo) => new Uint8Array(await photo.arrayBuffer()))) }
}

function together(query: URLSearchParams, body: URLSearchParams): URLSearchParams {
  const fields = new URLSearchParams(body)
  for (const [name, value] of query) if (!body.has(name)) fields.append(name, value)
  return fields
}
