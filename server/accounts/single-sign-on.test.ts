import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import NextAuth from 'next-auth'
import { expect, onTestFinished, test } from 'vitest'
import { openSilentServer } from '#db/factories/silent-server.ts'
import { outsideLimits } from '#server/platform/rules/limits.ts'
import { authOptions } from './auth-options.ts'

/** What Next adds to request and response for API routes of the Pages Router, without rendering. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://desk')
  const cookies = Object.fromEntries(
    (request.headers.cookie ?? '').split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]
    }),
  )
  Object.assign(request, {
    query: { ...Object.fromEntries(searchParams), nextauth: pathname.split('/').slice(3) },
    body: Object.fromEntries(new URLSearchParams(await text(request))),
    cookies,
  })
  const more = {
    status: (code: number) => Object.assign(response, { statusCode: code }),
    send: (body: unknown) => response.end(typeof body === 'string' ? body : JSON.stringify(body)),
  }
  const visitor = { ip: '198.51.100.1', userAgent: null }
  await NextAuth(
    request as never,
    Object.assign(response, more) as never,
    authOptions(visitor, () => undefined),
  )
}

test('a single sign-on that accepts the request and never answers leads back to the page in time', {
  timeout: 20_000,
}, async () => {
  const silent = await openSilentServer()
  const desk = createServer((request, response) => void answer(request, response))
  await new Promise<void>((settle) => desk.listen(0, '127.0.0.1', settle))
  onTestFinished(async () => {
    desk.closeAllConnections()
    desk.close()
    await silent.close()
  })
  const origin = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`
  Object.assign(process.env, {
    NEXTAUTH_URL: origin,
    OIDC_ISSUER: `http://127.0.0.1:${silent.port}`,
    OIDC_CLIENT_ID: 'desk',
    OIDC_CLIENT_SECRET: 'secret',
  })
  const first = await fetch(`${origin}/api/auth/csrf`)
  const { csrfToken } = (await first.json()) as { csrfToken: string }
  const cookie = first.headers.getSetCookie().map((line) => line.split(';', 1)[0])
  const asked = performance.now()
  const second = await fetch(`${origin}/api/auth/signin/oidc`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookie.join('; ') },
    body: new URLSearchParams({ csrfToken, callbackUrl: origin }),
  })
  const seconds = (performance.now() - asked) / 1000
  expect(second.headers.get('location')).toContain('error=OAuthSignin')
  // The library's own time-out is different.
  expect(Math.abs(seconds - outsideLimits.signOn.answerSeconds)).toBeLessThan(1)
})
