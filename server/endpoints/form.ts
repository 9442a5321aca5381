import type { IncomingMessage } from 'node:http'
import { DomainError } from '#server/platform/errors.ts'

const formType = 'application/x-www-form-urlencoded'

/**
 * The fields of a form, in the only encoding that a page can send without a script. A body that is too long is not read
 * to its end.
 */
export async function formIn(req: IncomingMessage, mostBytes: number): Promise<URLSearchParams> {
  if (req.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() !== formType)
    throw new DomainError('bad_input')
  if (Number(req.headers['content-length']) > mostBytes) throw new DomainError('bad_input')
  const parts: Buffer[] = []
  let size = 0
  for await (const part of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > mostBytes) throw new DomainError('bad_input')
    parts.push(part)
  }
  const form = new URLSearchParams(Buffer.concat(parts).toString())
  // PostgreSQL texts cannot contain this character.
  for (const [name, value] of form) if (`${name}${value}`.includes('\0')) throw new DomainError('bad_input')
  return form
}
