import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import NextAuth from 'next-auth'
import { encode } from 'next-auth/jwt'
import { expect } from 'vitest'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { test as databaseTest } from '#db/testing.ts'
import { authOptions } from '#server/accounts/auth-options.ts'
import { roles } from '#server/accounts/rules/actor.ts'
import { receiptDoor } from '#server/deliveries/http.ts'
import { doors, openDoors } from '#server/doors.ts'
import { environment } from '#server/platform/environment.ts'
import { createDeskServer } from './desk-server.ts'

const form = 'application/x-www-form-urlencoded'

type Sent = { method: string; path: string; type?: string; body?: string | Buffer; headers?: Record<string, string> }

const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl, db }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  process.env.AUTH_TRUST_HOST = '1'
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors,
    openDoors,
    programDoors: [receiptDoor],
    // Replaces Next: its next-auth route passes the same request to the same function.
    pages: async (request, response) => {
      if (!/^\/api\/auth\/\w/.test(request.url ?? '')) return response.end('page')
      await signInDoor(request, response)
    },
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const account = await buildAccount(db, { agency: await buildCity(db), roles: [...roles] })
  const { id, accountId } = await buildSession(db, account.username)
  const token = await encode({ token: { sub: accountId, sid: id }, secret: environment().authSecret })
  const signedIn = { cookie: `next-auth.session-token=${token}` }
  const origin = `http://127.0.0.1:${port}`
  /** Sent unchanged: what `fetch` would normalise reaches the server. */
  const send = ({ method, path, type, body, headers }: Sent) =>
    new Promise<number>((settle) => {
      // A broken connection counts as a failure too.
      const fail = () => settle(599)
      const sent = request({ port, host: '127.0.0.1', method, path, headers: { origin, ...signedIn, ...headers } })
      if (type) sent.setHeader('content-type', type)
      // Otherwise the body of a DELETE would be read as the next request.
      if (body) sent.setHeader('content-length', Buffer.byteLength(body))
      sent.on('error', fail).on('response', (answer) => {
        answer.resume().on('error', fail)
        answer.on('end', () => settle(answer.statusCode ?? 0))
      })
      sent.end(body)
    })
  const answer = await fetch(`${origin}/api/auth/csrf`)
  const [cookie] = answer.headers.getSetCookie()[0]?.split(';') ?? []
  const { csrfToken } = await answer.json()
  return { send, csrf: { cookie: `${signedIn.cookie}; ${cookie}`, token: csrfToken as string } }
})

const visitor = { ip: '127.0.0.1', userAgent: null, requestId: 'request-1', previousSessionId: undefined }

/** next-auth as the route calls it, with a request parsed as Next does. */
async function signInDoor(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://desk')
  const cookies = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split(/=(.*)/s, 2))
  const asked = {
    method: request.method,
    headers: request.headers,
    query: { ...Object.fromEntries(searchParams), nextauth: pathname.split('/').slice(3) },
    cookies: Object.fromEntries(cookies),
    body: bodyOf(request, await text(request)),
  }
  const answered = Object.assign(response, {
    status: (status: number) => Object.assign(response, { statusCode: status }),
    send: (body: unknown) => response.end(typeof body === 'string' ? body : JSON.stringify(body)),
    json: (body: unknown) => response.end(JSON.stringify(body)),
  })
  await NextAuth(
    asked as never,
    answered as never,
    authOptions(visitor, () => undefined),
  )
}

function bodyOf({ headers }: IncomingMessage, sent: string): unknown {
  const type = headers['content-type'] ?? ''
  if (type.includes('json')) return orNothing(() => JSON.parse(sent))
  return type.includes(form) ? Object.fromEntries(new URLSearchParams(sent)) : undefined
}

function orNothing(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}

const uuid = '6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a10'

/** Encoded values in an address or a form: undecodable, not storable in the database, or too large. */
const words = [
  '',
  '%',
  '%00',
  'a%00b',
  '%E0%A4%A',
  '%ED%A0%80',
  '%F0%9F%9A%92',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%5c..',
  "'%20or%201=1--",
  '-1',
  '0',
  '2147483648',
  '99999999999999999999',
  '1e400',
  'NaN',
  '0000-00-00',
  '0000-01-01',
  '9999-12-31',
  '%2B275760-09-13',
  '0000-01-01T00:00:00.000Z',
  '%2B275760-09-13T00:00:00.000Z',
  'not%20an%20address',
  'http://',
  'javascript:alert(1)',
  '[]',
  '{',
  '__proto__',
  '%3Cscript%3E',
  'x'.repeat(3000),
  uuid,
]

const paths = [
  '/',
  '/reports',
  '/ban-tin',
  '/ban-tin/anh',
  '/en/ban-tin',
  '/feeds',
  '/feeds/alerts',
  '/api',
  '/api/photos',
  '/api/bulletins/images',
  '/api/bulk',
  '/api/incidents',
  '/api/trpc',
  '/api/health',
  '/api/map',
  '/api/delivery-receipts',
  '/api/auth',
  '/api/auth/callback',
  '/_next/static',
  '/.well-known/security.txt',
]

/** Addresses with the parameters that they read. */
const asked: Record<string, readonly string[]> = {
  '/feeds/bulletins.atom': ['area', 'incident', 'kind', 'lang'],
  '/feeds/bulletins.json': ['area', 'incident', 'kind', 'lang'],
  '/ban-tin': ['area', 'kind', 'page'],
  '/api/trpc/me.view': ['input', 'batch', 'x-desk-account'],
  '/api/trpc/reports.byCode': ['input'],
  '/api/trpc/reports.byCode,me.view': ['input', 'batch'],
  '/api/auth/signin': ['callbackUrl', 'error'],
  '/api/auth/csrf': ['callbackUrl'],
  '/api/auth/session': ['callbackUrl'],
  '/api/auth/error': ['callbackUrl', 'error'],
  [`/api/photos/${uuid}/thumb`]: ['x-desk-account'],
  '/api/map/areas.geojson': ['x-desk-account'],
  '/api/map/streets.pmtiles': ['v', 'x-desk-account'],
}

/** Forms, with the other fields that make them valid, and the fields that they read. */
const posted: Record<string, { whole: string; fields: readonly string[] }> = {
  '/api/reports/export': {
    whole: 'format=csv&columns=code,title',
    fields: [
      'format',
      'columns',
      'ids',
      'reason',
      'locale',
      'view',
      'words',
      'areas',
      'received',
      'due',
      'mark',
      'sort',
    ],
  },
  '/api/insights/export': {
    whole: 'format=csv&card=flow',
    fields: [
      'format',
      'card',
      'storm',
      'asOf',
      'locale',
      'period',
      'from',
      'to',
      'agency',
      'area',
      'category',
      'incident',
    ],
  },
  '/api/disclosures/export': {
    whole: 'purpose=reveal',
    fields: ['purpose', 'accountId', 'report', 'from', 'to', 'locale'],
  },
  [`/api/incidents/${uuid}/reports.csv`]: { whole: '', fields: ['locale'] },
  [`/api/incidents/${uuid}/after-action.json`]: { whole: '', fields: ['locale'] },
  [`/api/bulk/${uuid}/failures.csv`]: { whole: '', fields: ['locale'] },
  '/api/auth/callback/credentials': {
    whole: 'username=a&password=b',
    fields: ['username', 'password', 'csrfToken', 'callbackUrl', 'json'],
  },
  '/api/auth/signout': { whole: '', fields: ['csrfToken', 'callbackUrl'] },
}

const bodies: readonly [string | undefined, string][] = [
  ['application/json', ''],
  ['application/json', '{'],
  ['application/json', 'null'],
  ['application/json', '[]'],
  ['application/json', '{"username":{},"password":[],"callbackUrl":7,"csrfToken":{}}'],
  ['application/json', '{"0":null}'],
  ['application/json', JSON.stringify('[{"a":-3}]')],
  ['application/json', JSON.stringify('[["Date","x"]]')],
  ['application/json', JSON.stringify('[["BigInt","x"]]')],
  ['application/json', '"\\ud800"'],
  ['application/json', '['.repeat(2000)],
  ['text/plain', 'x'],
  ['multipart/form-data', 'x'],
  ['multipart/form-data; boundary=a', '--a\r\n'],
  [form, '%E0%A4%A=%&=&&'],
  [undefined, '\u0000\u0001'],
]

function* everything(csrf: { cookie: string; token: string }): Generator<Sent> {
  for (const path of paths)
    for (const word of words) {
      yield { method: 'GET', path: `${path}/${word}` }
      yield { method: 'GET', path: `${path}?q=${word}&${word}` }
    }
  for (const [path, names] of Object.entries(asked))
    for (const name of names)
      for (const word of words) {
        yield { method: 'GET', path: `${path}?${name}=${word}` }
        yield { method: 'GET', path: `${path}?${name}=${word}&${name}=${word}` }
      }
  for (const [path, { whole, fields }] of Object.entries(posted))
    for (const name of fields)
      for (const word of words) {
        const body = `${name}=${word}&${whole}&csrfToken=${csrf.token}`
        yield { method: 'POST', path, type: form, body, headers: { cookie: csrf.cookie } }
      }
  for (const credentials of ['{}', '[]', '7', 'true', 'null', '"\\u0000"', '"\\ud800"'])
    yield {
      method: 'POST',
      path: '/api/auth/callback/credentials',
      type: 'application/json',
      body: `{"csrfToken":"${csrf.token}","username":${credentials},"password":${credentials},"callbackUrl":${credentials}}`,
      headers: { cookie: csrf.cookie },
    }
  for (const path of [...Object.keys(posted), ...Object.keys(asked), '/api/photos', '/api/bulletins/images', '/'])
    for (const [type, body] of bodies)
      for (const method of ['POST', 'PUT', 'DELETE']) yield { method, path, body, ...(type && { type }) }
  for (const word of words) {
    const cookie = `next-auth.callback-url=${word}; next-auth.csrf-token=${word}; next-auth.session-token=${word}`
    for (const path of ['/api/auth/csrf', '/api/auth/session', '/reports', '/api/trpc/me.view'])
      yield { method: 'GET', path, headers: { cookie } }
  }
  for (const method of ['HEAD', 'OPTIONS', 'PATCH', 'TRACE'])
    for (const path of [...Object.keys(posted), ...Object.keys(asked)]) yield { method, path }
}

test('no input to an endpoint causes a defect', async ({ desk }) => {
  const statuses = new Map<number, number>()
  const defects: string[] = []
  for (const sent of everything(desk.csrf)) {
    const status = await desk.send(sent)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (status >= 500) {
      defects.push(`${status} ${sent.method} ${sent.path.slice(0, 120)} ${sent.type ?? ''} ${String(sent.body ?? '')}`)
    }
  }
  const tried = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  console.log(`doors: ${tried} requests, by status ${JSON.stringify(Object.fromEntries(statuses))}`)
  expect(defects).toEqual([])
})
