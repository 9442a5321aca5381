import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { createDeskServer } from '#server/http/desk-server.ts'
import { directoryStore } from '#server/platform/files.ts'
import { citizenLinkLimits } from '#server/platform/rules/limits.ts'
import { citizenDoor } from './http/door.ts'
import { issueCitizenLink } from './links.ts'

test('invalid requests from one address are refused beyond the limit, while valid links still work', async ({ db }) => {
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: ['127.0.0.1'], appUrl: undefined },
    doors: [],
    pageDoors: [citizenDoor(() => directoryStore('/nowhere'))],
    pages: (_request, response) => response.writeHead(404).end('page'),
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const get = (path: string) => fetch(`${origin}${path}`, { redirect: 'manual' })
  const report = await buildReport(db, { state: 'in_progress' })
  const path = await issueCitizenLink(db, report.id, { now: new Date() })
  for (let wrong = 0; wrong < citizenLinkLimits.unknown.requests; wrong++) await get('/phan-anh/x')
  expect((await get('/phan-anh/x')).status).toBe(429)
  const guessed = new URL(path, origin)
  guessed.searchParams.set('t', [...(guessed.searchParams.get('t') ?? '')].toReversed().join(''))
  expect((await get(`${guessed.pathname}${guessed.search}`)).status).toBe(429)
  expect((await get(path)).status).toBe(303)
})
