import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { environment } from '#server/platform/environment.ts'
import type { Visit } from './request.ts'

const address = '/.well-known/security.txt'
/** RFC 9116 recommends less than a year. Counted from each request: the file never expires while the desk runs. */
const validDays = 180
const cacheSeconds = 3600

const template = readFileSync(join(import.meta.dirname, '../../public', address), 'utf8')

/**
 * Where to report a vulnerability. The file in `public/` is a template; without a contact nothing is served, because
 * one that nobody reads is worse than none.
 */
export function handleSecurityText(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  { now, home, isShared }: Visit,
  contacts: readonly string[] = environment().securityContacts,
): boolean {
  if (url.split('?', 1)[0] !== address) return false
  const type = { 'content-type': 'text/plain; charset=utf-8' }
  if (contacts.length === 0) {
    response.writeHead(404, { ...type, 'cache-control': 'no-store' }).end('no contact is configured\n')
    return true
  }
  const until = new Date(now().getTime() + validDays * 86_400_000)
  const text = template
    .replaceAll('Contact: {contact}', contacts.map((contact) => `Contact: ${contact}`).join('\n'))
    .replaceAll('{expires}', until.toISOString())
    .replaceAll('{home}', home)
  const kept = isShared ? `public, max-age=${cacheSeconds}` : 'private, no-cache'
  response.writeHead(200, { ...type, 'cache-control': kept }).end(text)
  return true
}
