import type { IncomingMessage } from 'node:http'
import { placeOf } from '#server/accounts/rules/network.ts'
import type { ApiClient } from '#server/api-clients/rules/api-client.ts'
import { FormFault, isMultipart, readMultipart, type SentForm } from '#server/endpoints/multipart.ts'
import { bodyIn, readPast } from '#server/endpoints/photos.ts'
import { Slots } from '#server/endpoints/slots.ts'
import { DomainError } from '#server/platform/errors.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import { badRequest, keyTooLate, StandardRefusal } from './rules/standard-errors.ts'

export type ClientForm = SentForm & { client: ApiClient }

const { perClient, inAll, withoutKey, withoutKeyInAll, perReport } = apiLimits.photos
const known = new Slots({ perAccount: perClient, perProcess: inAll })
const unknown = new Slots({ perAccount: withoutKey, perProcess: withoutKeyInAll })
/** A form with its photos. */
const mostBytes = photoLimits.bytes + apiLimits.formBytes
const limits = { bytes: mostBytes, textBytes: apiLimits.formBytes, parts: 64, photos: perReport }

/** Whether the rest of a body is too much to be read and discarded after a refusal. */
export const isEndless = ({ headers, complete }: IncomingMessage): boolean =>
  !complete && !(Number(headers['content-length'] ?? 0) <= mostBytes && headers['transfer-encoding'] === undefined)

/** Who sends a form: a client whose key was read before, or one whose key, if any, is in the form. */
export type Sender =
  | { client: ApiClient }
  | { client: null; ip: string; admit: (key: string | null) => Promise<ApiClient> }

/**
 * Runs the work on the fields of the address and of the body, which count before those of the address, and on the
 * photos. Photos are held in memory meanwhile, so their number is limited, and more strictly as long as nobody knows
 * who sends them.
 */
export async function withForm<Result>(
  request: IncomingMessage,
  query: URLSearchParams,
  sender: Sender,
  work: (form: ClientForm) => Promise<Result>,
): Promise<Result> {
  const run = async (fields: URLSearchParams, photos: readonly Uint8Array[] = [], admitted: ApiClient | null = null) =>
    work({ fields, photos, client: admitted ?? sender.client ?? (await sender.admit(fields.get('api_key'))) })
  const [name = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
  const isEmpty = request.headers['transfer-encoding'] === undefined && !Number(request.headers['content-length'] ?? 0)
  if (isEmpty) return run(query)
  if (name.trim() === 'application/x-www-form-urlencoded') {
    const text = (await textOf(request)).toString()
    return run(together(query, new URLSearchParams(text)))
  }
  if (!isMultipart(request)) {
    throw new StandardRefusal(badRequest('send a form: application/x-www-form-urlencoded or multipart/form-data'))
  }
  let leave = await place(request, sender.client, sender)
  let admitted = sender.client
  const admission = sender.client === null && {
    afterBytes: apiLimits.formBytes,
    async admit(fields: URLSearchParams) {
      const key = fields.get('api_key')
      if (key === null) throw new StandardRefusal(keyTooLate)
      admitted = await sender.admit(key)
      const own = await place(request, admitted, sender)
      leave()
      leave = own
    },
  }
  try {
    const { fields, photos } = await readMultipart(request, limits, admission || undefined).catch(inWords)
    return await run(together(query, fields), photos, admitted)
  } finally {
    leave()
  }
}

/** A place among the forms with photos that are handled at once. */
async function place(request: IncomingMessage, client: ApiClient | null, sender: Sender): Promise<() => void> {
  const leave = client ? known.take(client.id) : unknown.take('ip' in sender ? placeOf(sender.ip).address : '')
  if (typeof leave !== 'string') return leave
  await readPast(request)
  throw new DomainError(leave === 'account_full' ? 'own_uploads_busy' : 'uploads_busy')
}

function inWords(error: unknown): never {
  throw error instanceof FormFault ? new StandardRefusal(badRequest(error.words)) : error
}

async function textOf(request: IncomingMessage): Promise<Buffer> {
  const body = await bodyIn(request, apiLimits.formBytes)
  if (body) return body
  await readPast(request)
  throw new DomainError('body_too_large', { bytes: apiLimits.formBytes })
}

function together(query: URLSearchParams, body: URLSearchParams): URLSearchParams {
  const fields = new URLSearchParams(body)
  for (const [name, value] of query) if (!body.has(name)) fields.append(name, value)
  return fields
}
