import { request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encode } from 'next-auth/jwt'
import { expect } from 'vitest'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { test as databaseTest } from '#db/testing.ts'
import { revokeSessions } from '#server/accounts/commands/keep-sessions.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import { handleFeeds } from '#server/bulletins/http/feeds.ts'
import { noBoardFilters } from '#server/insights/rules/filters.ts'
import { environment } from '#server/platform/environment.ts'
import { heavyLimits, requestLimits } from '#server/platform/rules/limits.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { createDeskServer } from './desk-server.ts'

type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer }
type Answer = { status: number; code: string | undefined; headers: NodeJS.Dict<string | string[]>; pages: number }

const anonymousLimit = { requests: 30, windowSeconds: 600 }

/** A separate desk per file, so that no test uses up the limits of another. */
const test = databaseTest.extend('open', { scope: 'file' }, ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const servers: Server[] = []
  onCleanup(() => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  })
  return async (appUrl?: URL) => {
    const server = createDeskServer({
      files: (request, response, otherwise) =>
        request.url?.startsWith('/_next/static/') ? response.end('built') : otherwise(),
      environment: { trustedProxies: ['127.0.0.1'], appUrl },
      doors: [],
      openDoors: [handleFeeds],
      pages: (_request, response) => {
        pages++
        response.end('page')
      },
      anonymousLimit,
    })
    let pages = 0
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
    servers.push(server)
    const { port } = server.address() as AddressInfo
    return ({ method = 'GET', path, headers, body }: Asked) =>
      new Promise<Answer>((settle, fail) => {
        const origin = appUrl?.origin ?? `http://127.0.0.1:${port}`
        const from = { origin, 'content-type': 'application/json', ...headers }
        const sent = request({ port, host: '127.0.0.1', method, path, headers: from })
        sent.on('error', fail).on('response', async (answer) => {
          const parts: Buffer[] = []
          for await (const part of answer) parts.push(part as Buffer)
          settle({
            status: answer.statusCode ?? 0,
            code: codeIn(Buffer.concat(parts).toString()),
            headers: answer.headers,
            pages,
          })
          sent.destroy()
        })
        // A body that is announced but never sent: reading it would wait indefinitely.
        if (body === undefined && headers?.['content-length']) sent.flushHeaders()
        else sent.end(body)
      })
  }
})

/** The code of the last of several responses. */
function codeIn(text: string): string | undefined {
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined
  const { error } = [JSON.parse(text)].flat().at(-1)
  return error && (wire.deserialize(error) as { data: { refusal?: { code: string } } }).data.refusal?.code
}

async function signIn(db: Parameters<typeof buildAccount>[0], role: Role = 'officer') {
  const { username } = await buildAccount(db, { roles: [role] })
  const { id, accountId } = await buildSession(db, username)
  const token = await encode({ token: { sub: accountId, sid: id }, secret: environment().authSecret })
  return { id, cookie: `next-auth.session-token=${token}` }
}

const long = { 'content-length': String(requestLimits.anonymousBodyBytes + 1) }
const huge = { 'content-length': '30000000' }

test('a long body without a sign-in is refused by its announced length', async ({ open }) => {
  const ask = await open()
  for (const path of ['/api/trpc/accounts.setPassword', '/api/auth/callback/credentials', '/api/photos', '/'])
    for (const headers of [long, huge]) {
      expect(await ask({ method: 'POST', path, headers })).toMatchObject({
        status: 413,
        code: 'body_too_large',
        pages: 0,
      })
    }
  const inParts = { 'transfer-encoding': 'chunked' }
  expect(await ask({ method: 'POST', path: '/api/auth/signout', headers: inParts, body: 'x' })).toMatchObject({
    status: 413,
  })
})

test('requests to sign in or set a password are accepted without a sign-in', async ({ open }) => {
  const ask = await open()
  const body = JSON.stringify(wire.serialize({ token: 'x'.repeat(43), password: 'y'.repeat(128) }))
  expect((await ask({ method: 'POST', path: '/api/trpc/accounts.setPassword', body })).status).not.toBe(413)
  expect(await ask({ method: 'POST', path: '/api/auth/callback/credentials', body })).toMatchObject({ pages: 1 })
})

test('a user who is signed in may send a long draft, but no long body to the sign-in endpoint', async ({
  open,
  db,
}) => {
  const [ask, { cookie, id }] = [await open(), await signIn(db)]
  const body = JSON.stringify(wire.serialize({ words: 'x'.repeat(100_000) }))
  const path = '/api/trpc/me.rememberSearch'
  expect(await ask({ method: 'POST', path, headers: { cookie }, body })).toMatchObject({
    status: 400,
    code: 'bad_input',
  })
  const forSignIn = { method: 'POST', path: '/api/auth/callback/credentials', headers: { cookie, ...huge } }
  expect(await ask(forSignIn)).toMatchObject({ status: 413, pages: 0 })
  // The sign-in has ended in the meantime: the page locks and keeps the typed text, regardless of its length.
  await db.transaction((tx) => revokeSessions(tx, { sessionId: id }, 'revoked_by_admin', new Date()))
  const refused = () => ask({ method: 'POST', path, headers: { cookie }, body })
  await expect.poll(refused).toMatchObject({ status: 401, code: 'session_revoked' })
  const headers = { 'x-desk-account': '6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a10' }
  expect(await ask({ method: 'POST', path, headers, body })).toMatchObject({ status: 401, code: 'signed_out' })
})

test('one request holds a limited number of queries, and a mutation is sent alone', async ({ open, db }) => {
  const [ask, { cookie }] = [await open(), await signIn(db)]
  const headers = { cookie }
  const many = (count: number, name = 'me.view') => `/api/trpc/${Array.from({ length: count }, () => name)}?batch=1`
  expect((await ask({ path: many(10), headers })).status).toBe(200)
  for (const path of [many(11), many(11).replaceAll(',', '%2C')]) {
    expect(await ask({ path, headers })).toMatchObject({ status: 400, code: 'too_many_calls' })
  }
  expect(await ask({ method: 'POST', path: many(1000, 'me.touch'), headers, body: '{}' })).toMatchObject({
    status: 400,
    code: 'too_many_calls',
  })
  expect(await ask({ method: 'POST', path: many(2, 'me.touch'), headers, body: '{}' })).toMatchObject({ status: 400 })
})

test('one request holds only a few board queries: their answers are serialised together', async ({ open, db }) => {
  const [ask, { cookie }] = [await open(), await signIn(db, 'manager')]
  const boards = (count: number) => {
    const all = Array.from({ length: count }, (_, at) => at)
    const input = Object.fromEntries(all.map((at) => [at, wire.serialize({ ...noBoardFilters, period: '30d' })]))
    const names = all.map(() => 'insights.board')
    return ask({
      path: `/api/trpc/${names}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`,
      headers: { cookie },
    })
  }
  expect(await boards(heavyLimits.perRequest)).toMatchObject({ status: 200 })
  expect(await boards(heavyLimits.perRequest + 1)).toMatchObject({ status: 207, code: 'too_many_calls' })
})

test('requests without a sign-in share a limit per address; signed-in and public requests do not count', async ({
  open,
  db,
}) => {
  const [ask, { cookie }] = [await open(), await signIn(db)]
  const from = (address: string, path = '/sign-in') => ask({ path, headers: { 'x-forwarded-for': address } })
  const seen = await Promise.all(Array.from({ length: 40 }, () => from('203.0.113.7')))
  expect(seen.filter(({ status }) => status === 200)).toHaveLength(anonymousLimit.requests)
  const refused = await from('203.0.113.7', '/api/trpc/accounts.signInWays')
  expect(refused).toMatchObject({ status: 429, code: 'too_many_requests' })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await from('203.0.113.8')).status).toBe(200)
  for (const path of [
    '/ban-tin',
    '/en/ban-tin/bao-so-3',
    '/feeds/alerts.atom',
    '/_next/static/a.js',
    '/api/health/live',
  ])
    expect([path, (await from('203.0.113.7', path)).status]).toEqual([path, 200])
  const own = await ask({ path: '/reports', headers: { 'x-forwarded-for': '203.0.113.7', cookie } })
  expect(own.status).toBe(200)
  // An IPv6 address is one of a whole network that belongs to one subscriber.
  const sixes = await Promise.all(Array.from({ length: 40 }, (_, n) => from(`2001:db8:1:2::${n + 1}`)))
  expect(sixes.filter(({ status }) => status === 429)).toHaveLength(10)
})

const everywhere = ['/reports', '/_next/static/a.js', '/api/health/live', '/api/trpc/me.view', '/feeds/x', '/%E0%A4%A']

test('every response has nosniff and, behind https, HSTS', async ({ open }) => {
  const [plain, secure] = [await open(), await open(new URL('https://desk.hanoi.example'))]
  for (const path of everywhere) {
    const [{ headers }, behind] = [await plain({ path }), await secure({ path })]
    expect([path, headers['x-content-type-options']]).toEqual([path, 'nosniff'])
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(behind.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(behind.headers['x-content-type-options']).toBe('nosniff')
  }
})

test('responses under an unannounced host are not shared by caches; an invalid host is refused', async ({ open }) => {
  const [demo, city] = [await open(), await open(new URL('https://desk.hanoi.example'))]
  const cachingOf = async (ask: typeof demo, host: string) =>
    (await ask({ path: '/feeds/bulletins.atom', headers: { host } })).headers['cache-control']
  expect(await cachingOf(demo, 'localhost:3000')).toContain('public')
  expect(await cachingOf(demo, 'evil.example')).toBe('private, no-cache')
  expect(await cachingOf(city, 'evil.example')).toContain('public')
  for (const host of ['evil.example/x', 'a b', '"><script>', 'evil.example:99999', 'x'.repeat(300)])
    expect(await demo({ path: '/feeds/bulletins.atom', headers: { host } })).toMatchObject({ status: 400 })
})
