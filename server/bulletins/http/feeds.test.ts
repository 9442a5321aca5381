import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseFeed } from '@rowanmanning/feed-parser'
import { expect } from 'vitest'
import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { test as databaseTest } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { handleFeeds } from './feeds.ts'
import { handleBulletinPages } from './pages.ts'

const onDay = (time: string) => hanoi(`2026-03-02 ${time}`)

/** The open doors by a clock that the test sets; the pages that they stand before are empty. */
const test = databaseTest.extend('desk', async ({ db }, { onCleanup }) => {
  const clock = { now: onDay('09:00') }
  const server = createServer(async (request, response) => {
    const home = `http://${request.headers.host}`
    const visit = { db, now: () => clock.now, home, isShared: true }
    for (const door of [handleFeeds, handleBulletinPages]) if (await door(request, response, visit)) return
    response.end('page')
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = (path: string, init: RequestInit = {}) => fetch(`${origin}${path}`, { redirect: 'manual', ...init })
  return { clock, origin, ask }
})

test('a bulletin that lapses says so in every feed and on its page, though nothing was written', async ({
  db,
  desk,
}) => {
  const incident = await buildIncident(db)
  const content = contentOf('Cấm cầu Long Biên', { validTo: onDay('12:00').toISOString() })
  const built = await buildBulletin(db, { state: 'published', content, incidentId: incident.id })
  const feeds = ['atom', 'rss', 'json'].map((format) => `/feeds/bulletins.${format}?incident=${incident.id}`)
  const pages = ['/ban-tin', `/ban-tin/${built.slug}`, `/en/ban-tin/${built.slug}`]
  const before = new Map<string, Response>()
  for (const path of [...feeds, ...pages]) before.set(path, await desk.ask(path))
  for (const path of feeds) expect(await before.get(path)?.text()).not.toContain('Hết hiệu lực')

  desk.clock.now = onDay('12:00')
  for (const [path, { headers }] of before) {
    for (const name of ['etag', 'last-modified'] as const) {
      const asking = name === 'etag' ? 'if-none-match' : 'if-modified-since'
      const answer = await desk.ask(path, { headers: { [asking]: headers.get(name) ?? '' } })
      expect([path, name, answer.status]).toEqual([path, name, 200])
      if (name === 'last-modified') expect(answer.headers.get(name)).toBe(onDay('12:00').toUTCString())
      const text = await answer.text()
      if (path.startsWith('/feeds/')) expect(text).toContain('[Hết hiệu lực] Cấm cầu Long Biên')
    }
  }
  const [item] = parseFeed(await (await desk.ask(feeds[0] as string)).text()).items
  expect(item?.categories.map(({ term }) => term)).toContain('Hết hiệu lực')
  // Lapsed is lapsed: from here on it stays as it is.
  const again = await desk.ask(feeds[0] as string)
  desk.clock.now = onDay('18:00')
  const tag = { 'if-none-match': again.headers.get('etag') ?? '' }
  expect((await desk.ask(feeds[0] as string, { headers: tag })).status).toBe(304)
})
