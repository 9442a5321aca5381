import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { unpublishBulletin, withdrawBulletin } from '#server/bulletins/commands/correct-bulletin.ts'
import { publishBulletin } from '#server/bulletins/commands/publish-bulletin.ts'
import { handleBulletinPages } from '#server/bulletins/http/pages.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { bulletinRoute, listRoute } from './public-routes.tsx'

/**
 * The public pages behind the handler that serves them from its cache; `drawn` lists the requests it passes on to the
 * pages. Both read through the connection of the process.
 */
const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl, db }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const drawn: string[] = []
  const server = createServer(async (req, res) => {
    const home = `http://${req.headers.host}`
    if (await handleBulletinPages(req, res, { db, now: () => new Date(), home, isShared: true })) return
    drawn.push(req.url ?? '')
    await answerAsNext(req, res, home)
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(origin + path, { method, headers: { 'accept-encoding': 'identity', ...headers }, redirect: 'manual' })
  return { origin, ask, drawn }
})

async function answerAsNext(req: IncomingMessage, res: ServerResponse, home: string): Promise<void> {
  const request = new Request(home + req.url, { headers: req.headers as Record<string, string> })
  const slug = /^\/ban-tin\/(.+)$/.exec(req.url ?? '')?.[1]
  const answer = slug
    ? await bulletinRoute('vi')(request, { params: Promise.resolve({ slug }) })
    : await listRoute('vi')(request)
  res.writeHead(answer.status, Object.fromEntries(answer.headers))
  res.end(req.method === 'HEAD' ? undefined : Buffer.from(await answer.arrayBuffer()))
}

function setClock(time: string): void {
  vi.useFakeTimers({ now: hanoi(`2026-03-02 ${time}`), toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
}

async function published(db: Database, title: string, until: string | null = null) {
  const { editor, chief } = await buildNewsroom(db)
  const content = contentOf(title, {
    vi: textOf(title),
    validTo: until && hanoi(`2026-03-02 ${until}`).toISOString(),
  })
  const built = await buildBulletin(db, { state: 'approved', content, authorId: editor.id, approvedById: chief.id })
  const out = await publishBulletin(actingAt(db, chief, '09:00'), { id: built.id, version: 1, acknowledged: [] })
  const [row] = await db.select({ slug: bulletins.slug }).from(bulletins).where(eq(bulletins.id, out.id))
  return { ...out, chief, path: `/ban-tin/${row?.slug}` }
}

test('a page is rendered once; later requests get the same copy, compressed or not, from the handler', async ({
  db,
  desk,
}) => {
  setClock('09:30')
  const { path } = await published(db, 'Cấm cầu Long Biên từ trưa')
  for (const address of [path, '/ban-tin']) {
    desk.drawn.length = 0
    const first = await desk.ask(address)
    const text = await first.text()
    const again = await desk.ask(address)
    expect([again.status, await again.text()]).toEqual([200, text])
    for (const name of ['etag', 'last-modified', 'cache-control', 'content-type', 'content-security-policy'])
      expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)])
    expect(again.headers.get('vary')).toBe('accept-encoding')
    const packed = await desk.ask(address, { 'accept-encoding': 'gzip' })
    expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['gzip', text])
    const head = await desk.ask(address, {}, 'HEAD')
    expect([Number(head.headers.get('content-length')), await head.text()]).toEqual([Buffer.byteLength(text), ''])
    expect(desk.drawn).toEqual([address])
  }
})

test('a cached page is no longer sent from the moment it is taken down', async ({ db, desk }) => {
  setClock('10:30')
  const { id, version, chief, path } = await published(db, 'Nhà nghiêng ở ngõ Kín')
  const kept = async (address: string) => {
    const answer = await desk.ask(address)
    return { status: answer.status, says: (await answer.text()).includes('ngõ Kín') }
  }
  const pages = [path, '/ban-tin']
  for (const address of [...pages, ...pages]) expect(await kept(address)).toEqual({ status: 200, says: true })
  await unpublishBulletin(actingAt(db, chief, '10:00'), { id, version, reason: 'Lộ tên', redirectToId: null })
  for (const address of [path, path]) expect(await kept(address)).toEqual({ status: 410, says: false })
  expect(await kept('/ban-tin')).toEqual({ status: 200, says: false })
})

test('a page changes at once when it is withdrawn, and at the minute at which it lapses', async ({ db, desk }) => {
  setClock('11:30')
  const out = await published(db, 'Mưa lớn ở Sóc Sơn', '12:00')
  const textOfPage = async () => (await desk.ask(out.path)).text()
  expect([await textOfPage(), await textOfPage()].map((text) => text.includes('Đã hết hiệu lực'))).toEqual([
    false,
    false,
  ])
  setClock('12:00')
  expect([await textOfPage(), await textOfPage()].map((text) => text.includes('hết hiệu lực'))).toEqual([true, true])
  const notice = { notice: 'Trời đã tạnh hẳn.', noticeEn: 'Dry.', alertEnding: null }
  await withdrawBulletin(actingAt(db, out.chief, '12:01'), { id: out.id, version: out.version, ...notice })
  expect(await textOfPage()).toContain('Trời đã tạnh hẳn.')
})
