import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '#db/testing.ts'

test('each request is logged in one line: the process, what was requested, the status and the duration', ({
  databaseUrl,
}) => {
  const script = `
import { createDeskServer } from '#server/http/desk-server.ts'
import { logAs } from '#server/platform/log.ts'
logAs('desk')
const server = createDeskServer({
  files: (_request, _response, otherwise) => otherwise(),
  environment: { trustedProxies: [], appUrl: undefined },
  doors: [],
  pages: (_request, response) => void setTimeout(() => response.end('drawn'), 150),
})
await new Promise((settle) => server.listen(0, '127.0.0.1', settle))
const origin = 'http://127.0.0.1:' + server.address().port
for (const path of ['/reports?q=0912345678', '/api/health', '/api/trpc/me.view']) await (await fetch(origin + path)).text()
const gone = new AbortController()
setTimeout(() => gone.abort(), 50)
await fetch(origin + '/map', { signal: gone.signal }).catch(() => undefined)
setTimeout(() => process.exit(), 100)`
  const env = { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'info' }
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname, '../..'),
    env,
    encoding: 'utf8',
    timeout: 60_000,
  })
  const lines = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
  for (const line of lines) expect(line).toMatchObject({ host: hostname(), pid: expect.any(Number), role: 'desk' })
  const requests = lines.filter(({ msg }) => msg === 'request')
  expect(requests.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['GET', '/reports', 200],
    ['GET', '/api/trpc/me.view', 401],
    ['GET', '/map', null],
  ])
  const [page, , gone] = requests
  expect(page.ms).toBeGreaterThanOrEqual(140)
  expect(page.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(gone.aborted).toBe(true)
  expect(stdout).not.toContain('0912345678')
})
