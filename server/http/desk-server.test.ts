import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AddressInfo, connect as open } from 'node:net'
import { jsonlStreamConsumer } from '@trpc/server/unstable-core-do-not-import'
import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { expect } from 'vitest'
import { connect, type Database, db as ownPool } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildBulletin } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { sessions } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { revokeSessions } from '#server/accounts/commands/keep-sessions.ts'
import { signInWithPassword } from '#server/accounts/commands/sign-in.ts'
import { environment } from '#server/platform/environment.ts'
import { requestLimits, sessionLimits, signInLimits } from '#server/platform/rules/limits.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { createDeskServer } from './desk-server.ts'

const now = () => new Date()
const nothing = JSON.stringify(wire.serialize(undefined))

/** Replaces Next: passes the headers of the sign-in route to the command that the route calls. */
async function signInPage(headers: NodeJS.Dict<string | string[]>, username: string): Promise<string> {
  const visitor = { ip: String(headers['x-forwarded-for']), userAgent: null }
  try {
    await signInWithPassword({ db: ownPool, now }, { username, password: 'sai' }, visitor)
    return 'in'
  } catch (error) {
    return (error as Error).message
  }
}

const list = JSON.stringify(Array.from({ length: 300 }, (_, n) => `Phản ánh số ${n}`))
const refuse = (_: IncomingMessage, response: ServerResponse) => void response.writeHead(500).end()

function sendList(response: ServerResponse): true {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(list) }).end(list)
  return true
}

const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors: [async (request, response) => request.url === '/api/list' && sendList(response)],
    programDoors: [
      { owns: (path) => path === '/list', answer: async (_, response) => void sendList(response), refuse },
    ],
    pages: async (request, response) => {
      const username = new URL(request.url ?? '/', 'http://desk').searchParams.get('username') ?? ''
      response.end(await signInPage(request.headers, username))
    },
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, get: (path: string, init?: RequestInit) => fetch(`${origin}${path}`, init) }
})

async function cookieFor(db: Database, username: string): Promise<{ cookie: string; id: string }> {
  const { id, accountId } = await buildSession(db, username)
  const token = await encode({ token: { sub: accountId, sid: id }, secret: environment().authSecret })
  return { cookie: `next-auth.session-token=${token}`, id }
}

type Refused = { data: { refusal?: { code: string } } }

const refusalIn = async (response: Response) => {
  const { error } = await response.json()
  return error && (wire.deserialize(error) as Refused).data.refusal?.code
}

test('a forged client address does not give more attempts', async ({ desk }) => {
  const attempt = async (n: number) => {
    const headers = { 'x-forwarded-for': `198.51.${n}.1`, 'x-real-ip': `198.51.${n}.1`, forwarded: `for=198.51.${n}.1` }
    return (await desk.get(`/sign-in?username=ten.${n}`, { headers })).text()
  }
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => attempt(n)))
  expect(outcomes.filter((word) => word === 'wrong_credentials')).toHaveLength(signInLimits.address.tries)
  expect(outcomes.filter((word) => word === 'too_many_attempts')).toHaveLength(50 - signInLimits.address.tries)
})

test('each request has its own id, which the client cannot choose', async ({ desk }) => {
  const headers = { 'x-request-id': 'chosen-by-a-stranger' }
  const ids = await Promise.all(
    [1, 2].map(async () => (await desk.get('/api/health/live', { headers })).headers.get('x-request-id')),
  )
  expect(new Set([...ids, 'chosen-by-a-stranger', null]).size).toBe(4)
})

test('a mutation from a foreign origin, or without one, is refused before it is read', async ({ desk, db }) => {
  const { username } = await buildAccount(db)
  const { cookie } = await cookieFor(db, username)
  const touch = (origin?: string) =>
    desk.get('/api/trpc/me.touch', {
      method: 'POST',
      body: nothing,
      headers: { 'content-type': 'application/json', cookie, ...(origin ? { origin } : {}) },
    })
  expect(await refusalIn(await touch('https://evil.example'))).toBe('foreign_origin')
  expect(await refusalIn(await touch())).toBe('foreign_origin')
  expect((await touch(desk.origin)).status).toBe(200)
})

test('a sign-in ended by another process ends here too, and a signed-out visitor is refused', async ({
  desk,
  db,
  databaseUrl,
}) => {
  const { username } = await buildAccount(db)
  const { cookie, id } = await cookieFor(db, username)
  const view = (headers: Record<string, string>) => desk.get('/api/trpc/me.view', { headers })
  expect((await view({ cookie })).status).toBe(200)
  const other = connect(databaseUrl, { max: 1 })
  await other.db.transaction((tx) => revokeSessions(tx, { sessionId: id }, 'revoked_by_admin', now()))
  await other.close()
  const isRefused = async () => (await view({ cookie })).status === 401
  await expect.poll(isRefused, { timeout: 20_000, interval: 10 }).toBe(true)
  expect(await refusalIn(await view({ cookie }))).toBe('session_revoked')
  expect(await refusalIn(await view({}))).toBe('signed_out')
  expect(await refusalIn(await view({ cookie: 'next-auth.session-token=forged' }))).toBe('signed_out')
})

test('requests of a page are not executed for another account that signed in in another tab', async ({ desk, db }) => {
  const [hung, hoa] = [await buildAccount(db), await buildAccount(db)]
  const { cookie } = await cookieFor(db, hoa.username)
  const ask = (drawnFor: string, procedure: string) =>
    desk.get(`/api/trpc/${procedure}`, {
      headers: { cookie, origin: desk.origin, 'content-type': 'application/json', 'x-desk-account': drawnFor },
      ...(procedure === 'me.touch' && { method: 'POST', body: nothing }),
    })
  for (const procedure of ['me.touch', 'me.view']) {
    expect(await refusalIn(await ask(hung.id, procedure))).toBe('other_account')
    expect((await ask(hoa.id, procedure)).status).toBe(200)
  }
  // A file that the browser requests by its address.
  const fetchFor = (drawnFor: string) =>
    desk.get(`/api/trpc/me.view?x-desk-account=${drawnFor}`, { headers: { cookie } })
  expect(await refusalIn(await fetchFor(hung.id))).toBe('other_account')
  expect((await fetchFor(hoa.id)).status).toBe(200)
})

test('background queries do not keep a user signed in, mutations do', async ({ desk, db }) => {
  const { username } = await buildAccount(db)
  const { cookie, id } = await cookieFor(db, username)
  const seen = async () => (await db.select().from(sessions).where(eq(sessions.id, id)))[0]?.lastSeenAt.getTime() ?? 0
  const before = Date.now() - 20 * 60_000
  await db
    .update(sessions)
    .set({ lastSeenAt: new Date(before) })
    .where(eq(sessions.id, id))
  await desk.get('/api/trpc/me.view', { headers: { cookie } })
  expect(await seen()).toBe(before)
  const headers = { cookie, origin: desk.origin, 'content-type': 'application/json' }
  await desk.get('/api/trpc/me.touch', { method: 'POST', body: nothing, headers })
  expect(await seen()).toBeGreaterThan(before)
})

test('a user idle for half an hour is refused, however often the page queried meanwhile', async ({ desk, db }) => {
  const { username } = await buildAccount(db)
  const { cookie, id } = await cookieFor(db, username)
  const idleSince = new Date(Date.now() - sessionLimits.idleSeconds * 1000)
  await db.update(sessions).set({ lastSeenAt: idleSince }).where(eq(sessions.id, id))
  expect(await refusalIn(await desk.get('/api/trpc/me.view', { headers: { cookie } }))).toBe('session_idle')
})

test('long responses are compressed for clients that accept it', async ({ desk, db }) => {
  const name = 'Nguyễn Thị Rất Dài '.repeat(200).trim()
  const { username } = await buildAccount(db, { name })
  const { cookie } = await cookieFor(db, username)
  const plain = await desk.get('/api/trpc/me.view', { headers: { cookie, 'accept-encoding': 'identity' } })
  const packed = await desk.get('/api/trpc/me.view', { headers: { cookie, 'accept-encoding': 'gzip' } })
  const inParts = await desk.get('/api/trpc/me.view?batch=1', {
    headers: { cookie, 'accept-encoding': 'gzip', 'trpc-accept': 'application/jsonl' },
  })
  expect([plain, packed, inParts].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'gzip', 'gzip'])
  expect(wire.deserialize((await packed.json()).result.data)).toMatchObject({ name })
  expect(await plain.text()).toContain(name)
  expect(await inParts.text()).toContain(name)
})

test('so are the answers of endpoints, for browsers and for programs', async ({ desk }) => {
  for (const path of ['/api/list', '/list']) {
    const packed = await desk.get(path, { headers: { 'accept-encoding': 'gzip' } })
    expect([path, packed.headers.get('content-encoding')]).toEqual([path, 'gzip'])
    expect(await packed.text()).toBe(list)
  }
})

test('a page that an account may not open answers 403, whatever is rendered; parts and other statuses are kept', async ({
  desk,
  db,
}) => {
  const { username } = await buildAccount(db, { roles: ['approver'] })
  const { cookie } = await cookieFor(db, username)
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await desk.get(path, { headers: { cookie, accept: 'text/html', ...headers } })).status
  expect(await status('/admin/accounts')).toBe(403)
  expect(await status('/admin/accounts', { 'sec-fetch-dest': 'document' })).toBe(403)
  expect(await status('/admin/accounts?x=1')).toBe(403)
  expect(await status('/reports')).toBe(200)
  expect(await status('/reports/HN-990101-9999')).toBe(404)
  expect(await status('/no-room-of-ours')).toBe(200)
  expect(await status('/admin/accounts', { 'sec-fetch-dest': 'empty' })).toBe(200)
  expect(await status('/admin/accounts', { cookie: '' })).toBe(200)
})

test('a page of one thing answers 404 if it does not exist, however its id is written', async ({ desk, db }) => {
  const { username } = await buildAccount(db, { agency: await buildCity(db), roles: ['editor', 'manager'] })
  const { cookie } = await cookieFor(db, username)
  const { id: bulletin } = await buildBulletin(db)
  const { id: incident } = await buildIncident(db)
  const status = async (path: string) => (await desk.get(path, { headers: { cookie, accept: 'text/html' } })).status
  for (const [path, id] of [
    ['/bulletins/', bulletin],
    ['/incidents/', incident],
    ['/bulletins/storm/', incident],
    ['/insights/storm/', incident],
    ['/screen/', incident],
  ] as const) {
    expect([path, await status(`${path}${id}`)]).toEqual([path, 200])
    for (const other of [crypto.randomUUID(), 'khong-phai-ma', '%2500', '%25']) {
      expect([path, other, await status(`${path}${other}`)]).toEqual([path, other, 404])
    }
  }
  expect(await status(`/incidents/${incident}/after-action`)).toBe(200)
  expect(await status(`/incidents/${crypto.randomUUID()}/after-action`)).toBe(404)
})

test('a call on its own is answered as the same call in a batch', async ({ desk, db }) => {
  const { username } = await buildAccount(db)
  const { cookie } = await cookieFor(db, username)
  const json = { origin: desk.origin, 'content-type': 'application/json' }
  const asked: [string, string | undefined, RequestInit][] = [
    ['me.view', undefined, { headers: { cookie } }],
    ['me.view', undefined, {}],
    ['reports.byCode', JSON.stringify('HN-260302-0001'), { headers: { cookie } }],
    ['reports.byCode', '{"a":', { headers: { cookie } }],
    ['reports.byCode', JSON.stringify(['~t']), { headers: { cookie } }],
    ['accounts.passwordLink', JSON.stringify({ token: 'x'.repeat(43) }), {}],
    ['accounts.passwordLink', JSON.stringify({ token: 7 }), {}],
    ['me.rememberSearch', JSON.stringify({ words: 'cây đổ' }), { method: 'POST', headers: { cookie, ...json } }],
    ['me.rememberSearch', JSON.stringify({ words: 7 }), { method: 'POST', headers: { cookie, ...json } }],
    ['me.rememberSearch', '{"words":', { method: 'POST', headers: { cookie, ...json } }],
    ['me.rememberSearch', undefined, { method: 'POST', headers: json }],
    ['me.nothing', undefined, { headers: { cookie } }],
    ['me.rememberSearch', undefined, { method: 'POST', headers: { cookie, ...json } }],
  ]
  for (const [path, input, init] of asked) {
    const send = async (words: string | undefined, batch: string) => {
      const inAddress = words !== undefined && init.method !== 'POST' ? `input=${encodeURIComponent(words)}` : ''
      const body = init.method === 'POST' ? { body: words ?? '' } : {}
      const answer = await desk.get(`/api/trpc/${path}?${batch}${inAddress}`, { ...init, ...body })
      const data = await answer.json()
      return [answer.status, answer.headers.get('content-type'), Array.isArray(data) ? data[0] : data]
    }
    const inBatch = await send(input === undefined ? undefined : `{"0":${input}}`, 'batch=1&')
    expect([path, input, ...(await send(input, ''))]).toEqual([path, input, ...inBatch])
  }
})

test('a batch of one query, answered in one go, says the same as the library does in lines', async ({ desk, db }) => {
  const { cookie } = await cookieFor(db, (await buildAccount(db)).username)
  const headers = { cookie, 'trpc-accept': 'application/jsonl', 'accept-encoding': 'identity' }
  const asked: [string, string | undefined, Record<string, string>][] = [
    ['me.view', undefined, headers],
    ['me.view', undefined, { ...headers, cookie: '' }],
    ['reports.choices', undefined, headers],
    ['reports.byCode', JSON.stringify('HN-260302-0001'), headers],
    ['reports.byCode', JSON.stringify(['~t']), headers],
    ['reports.byCode', '{"a":', headers],
    ['accounts.passwordLink', JSON.stringify({ token: 'x'.repeat(43) }), headers],
  ]
  for (const [path, input, init] of asked) {
    const send = (paths: string, inputs: string) =>
      desk.get(`/api/trpc/${paths}?batch=1&input=${encodeURIComponent(inputs)}`, { headers: init })
    const own = (at: number) => (input === undefined ? '' : `"${at}":${input}`)
    const alone = await send(path, `{${own(0)}}`)
    const beside = await send(`${path},me.view`, `{${own(0)}}`)
    expect([path, alone.status, alone.headers.get('content-length')]).toEqual([path, beside.status, expect.any(String)])
    expect([path, input, await firstIn(alone)]).toEqual([path, input, await firstIn(beside)])
  }
})

/** What the client of the library reads as the answer to the first call. */
async function firstIn({ body }: Response) {
  const read = { from: body as never, deserialize: wire.deserialize, abortController: new AbortController() }
  const [head] = await jsonlStreamConsumer<Record<string, unknown>>(read)
  const answer = (await head[0]) as { result?: unknown; error?: unknown }
  if (!('result' in answer)) return answer
  const result = (await answer.result) as { data: unknown }
  return { result: { data: await result.data } }
}

test('the body of a call is read only up to its limit', async ({ desk, db }) => {
  const { username } = await buildAccount(db)
  const { cookie } = await cookieFor(db, username)
  const headers = { cookie, origin: desk.origin, 'content-type': 'application/json' }
  const body = JSON.stringify({ words: 'x'.repeat(requestLimits.bodyBytes) })
  const refused = await desk.get('/api/trpc/me.rememberSearch', { method: 'POST', headers, body })
  expect([refused.status, refused.headers.get('connection')]).toEqual([413, 'close'])
})

test('a question mark within the input belongs to it', async ({ desk, db }) => {
  const { cookie } = await cookieFor(db, (await buildAccount(db)).username)
  const { port, host } = new URL(desk.origin)
  const answer = await new Promise<string>((settle) => {
    const socket = open(Number(port), '127.0.0.1')
    let said = ''
    socket.on('data', (part) => (said += part)).on('close', () => settle(said))
    socket.write(
      `GET /api/trpc/reports.byCode?input="HN?1" HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\nconnection: close\r\n\r\n`,
    )
  })
  expect(answer).toMatch(/^HTTP\/1.1 404/)
})

test('a client that goes away within its body leaves the turn of the account to the next call', async ({
  desk,
  db,
}) => {
  const { cookie } = await cookieFor(db, (await buildAccount(db, { roles: ['auditor'] })).username)
  const headers = { cookie, origin: desk.origin, 'content-type': 'application/json' }
  const { port, host } = new URL(desk.origin)
  const lines = Object.entries({ host, ...headers, 'content-length': '1000' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  const socket = open(Number(port), '127.0.0.1')
  await new Promise<void>((settle) =>
    socket.write(['POST /api/trpc/reports.revealReporter HTTP/1.1', ...lines, '', '{"rep'].join('\r\n'), () =>
      settle(),
    ),
  )
  socket.destroy()
  const body = JSON.stringify(wire.serialize({ phone: '0912345678', reason: 'Gọi hỏi vị trí' }))
  const next = await desk.get('/api/trpc/reports.findByPhone', { method: 'POST', headers, body })
  expect(next.status).toBe(200)
})
