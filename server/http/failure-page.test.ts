import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { encode } from 'next-auth/jwt'
import { expect } from 'vitest'
import { test } from '#db/testing.ts'
import { environment } from '#server/platform/environment.ts'
import { wire } from '#server/platform/rules/wire.ts'

const root = join(import.meta.dirname, '../..')

/** A desk in a separate process, so that its log can be read and its database removed; without Next. */
function askDesk(databaseUrl: string, body: string) {
  const script = `
import { createDeskServer } from '#server/http/desk-server.ts'
import { handleBulletinPages } from '#server/bulletins/http/pages.ts'
import { sql } from '#db/client.ts'
const server = createDeskServer({
  files: (_request, _response, otherwise) => otherwise(),
  environment: { trustedProxies: [], appUrl: undefined },
  doors: [],
  openDoors: [handleBulletinPages],
  pages: (request, response) => response.end('drawn'),
})
await new Promise((settle) => server.listen(0, '127.0.0.1', settle))
const origin = 'http://127.0.0.1:' + server.address().port
const ask = async (path, headers = {}) => {
  const response = await fetch(origin + path, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' })
  console.log(JSON.stringify({ path, status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }))
}
${body}
process.exit()`
  const env = { ...process.env, DATABASE_URL: databaseUrl, AUTH_SECRET: environment().authSecret, LOG_LEVEL: 'info' }
  const args = ['--input-type=module', '--eval', script]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8', timeout: 60_000 })
  const lines = stdout.split('\n').filter(Boolean)
  const answers = lines.flatMap((line) => (line.startsWith('{"path"') ? [JSON.parse(line) as Answer] : []))
  return { answers, log: lines.filter((line) => line.startsWith('{"level"')), stderr }
}

type Answer = { path: string; status: number; headers: Record<string, string>; body: string }

const nobodyListens = 'postgres://desk@127.0.0.1:1/desk'

async function signedInCookie(): Promise<string> {
  const token = { sub: crypto.randomUUID(), sid: crypto.randomUUID() }
  return `next-auth.session-token=${await encode({ token, secret: environment().authSecret })}`
}

test('a page answers 503 while the database is down: self-contained, in the reader’s language, with a safe retry', async () => {
  const cookie = await signedInCookie()
  const { answers, log } = askDesk(
    nobodyListens,
    `
await ask('/reports?view=open', { cookie: '${cookie}' })
await ask('/admin', { cookie: '${cookie}; locale=en' })
await ask('/admin', { cookie: '${cookie}', 'accept-language': 'fr, en-GB;q=0.8, vi;q=0.2' })
await ask('/ban-tin')
await ask('/en/ban-tin')
await ask('/reports', { cookie: '${cookie}', 'sec-fetch-dest': 'empty', rsc: '1' })
await ask('/sign-in?from=/reports', { 'accept-language': 'en' })`,
  )
  expect(answers.map(({ status, body }) => [status, /<html lang="(..)"/.exec(body)?.[1] ?? body])).toEqual([
    [503, 'vi'],
    [503, 'en'],
    [503, 'en'],
    [503, 'vi'],
    [503, 'en'],
    [200, 'drawn'],
    [503, 'en'],
  ])
  const [{ headers, body }] = answers as [Answer]
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'retry-after': expect.stringMatching(/^\d+$/) })
  expect(body).toContain('<h1>Hệ thống tạm thời chưa phục vụ được</h1>')
  expect(body).toContain('<a href="">Thử lại</a>')
  expect(body).toContain('prefers-color-scheme: dark')
  const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(body) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`)
  expect(body).not.toMatch(/<script|\sstyle=|\son\w+=|https?:/)
  expect(log.filter((line) => line.includes('"code":"unavailable"'))).toHaveLength(6)
})

test('the code that a defect shows leads to exactly one line of the log', ({ databaseUrl }) => {
  const input = encodeURIComponent(JSON.stringify(wire.serialize({ token: 'x'.repeat(43) })))
  const { answers, log } = askDesk(
    databaseUrl,
    `
await sql\`alter table password_links rename to lost_links\`
await sql\`alter table bulletins rename to lost_bulletins\`
await ask('/api/trpc/accounts.passwordLink?input=${input}')
await ask('/api/trpc/accounts.passwordLink?input=${input}')
await ask('/ban-tin', { 'accept-language': 'en' })`,
  )
  expect(answers.map(({ status }) => status)).toEqual([500, 500, 500])
  const codes = answers.map(({ body }) => /[2-9A-HJ-NP-Z]{10}/.exec(body)?.[0] ?? 'none')
  expect(new Set(codes).size).toBe(3)
  for (const [place, code] of codes.entries()) {
    const lines = log.filter((line) => line.includes(code))
    expect(lines).toHaveLength(1)
    const { fault, requestId, err } = JSON.parse(lines[0] as string)
    expect(fault).toBe(code)
    expect(requestId).toBe(answers[place]?.headers['x-request-id'])
    expect(err.stack).toContain('.ts')
  }
  expect(answers[2]?.body).toContain(`Error code: ${codes[2]}`)
})
