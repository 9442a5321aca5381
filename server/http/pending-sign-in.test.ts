import type { AddressInfo } from 'node:net'
import { encode } from 'next-auth/jwt'
import { expect } from 'vitest'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { test as databaseTest } from '#db/testing.ts'
import { beginTotp, finishTotp } from '#server/accounts/commands/set-up-totp.ts'
import { signInWithPassword } from '#server/accounts/commands/sign-in.ts'
import { roles } from '#server/accounts/rules/actor.ts'
import { totpCodeAt } from '#server/accounts/totp.ts'
import { doors } from '#server/doors.ts'
import { environment } from '#server/platform/environment.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { createDeskServer } from './desk-server.ts'

const password = 'cầu Long Biên 1902'
const uuid = '0199aaaa-0000-7000-8000-000000000000'

const test = databaseTest.extend('origin', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors,
    pages: (_request, response) => response.writeHead(404).end(),
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

test('a sign-in with an outstanding second factor may use no endpoint and no stream until it is verified', async ({
  db,
  origin,
}) => {
  const account = await buildAccount(db, { agency: await buildCity(db), roles: [...roles], password })
  const session = await buildSession(db, account.username)
  const now = () => new Date()
  const ctx = { db, actor: account.actor, now }
  const { secret } = await beginTotp(ctx, session)
  const { codes } = await finishTotp(ctx, session, totpCodeAt(secret, now()))
  const visitor = { ip: null, userAgent: null }
  const { sessionId: sid } = await signInWithPassword({ db, now }, { username: account.username, password }, visitor)
  const token = await encode({ token: { sub: account.id, sid }, secret: environment().authSecret })
  const headers = { origin, cookie: `next-auth.session-token=${token}` }
  const statusOf = async (method: 'GET' | 'POST', path: string) => {
    const type = 'application/x-www-form-urlencoded'
    const init =
      method === 'POST' ? { method, body: 'x=1', headers: { ...headers, 'content-type': type } } : { headers }
    const answer = await fetch(`${origin}${path}`, init)
    await answer.body?.cancel()
    return [path, answer.status]
  }

  for (const path of [`/api/photos/${uuid}/thumb`, `/api/bulletins/images/${uuid}/public`, '/api/trpc/me.view']) {
    expect(await statusOf('GET', path)).toEqual([path, 401])
  }
  // A stream is refused in its first message.
  const stream = await fetch(`${origin}/api/trpc/live.stream`, { headers, signal: AbortSignal.timeout(5000) })
  expect(await stream.text()).toContain('second_factor_needed')
  for (const path of [
    '/api/photos',
    `/api/photos/${uuid}/original`,
    '/api/bulletins/images',
    `/api/incidents/${uuid}/reports.csv`,
    '/api/reports/export',
    '/api/bulk/failures',
    '/api/disclosures/export',
    '/api/insights/export',
  ]) {
    expect(await statusOf('POST', path)).toEqual([path, 401])
  }

  const shown = await fetch(`${origin}/api/trpc/secondFactor.show`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(wire.serialize({ recoveryCode: codes?.[0] })),
  })
  expect(shown.status).toBe(200)
  // The browser is a known device from now on, and the very next request is accepted.
  expect(shown.headers.getSetCookie().some((line) => line.startsWith('desk-device='))).toBe(true)
  expect(await statusOf('GET', '/api/trpc/me.view')).toEqual(['/api/trpc/me.view', 200])
})
