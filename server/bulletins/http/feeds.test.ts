import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gunzipSync } from 'node:zlib'
import { parseFeed } from '@rowanmanning/feed-parser'
import { eq } from 'drizzle-orm'
import FeedParser from 'feedparser'
import { expect } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { bulletins } from '#db/schema/index.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { feedLimits } from '#server/platform/rules/limits.ts'
import { correctBulletin, withdrawBulletin } from '../commands/correct-bulletin.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from '../commands/review-bulletin.ts'
import { saveBulletin } from '../commands/save-bulletin.ts'
import { onDay, test } from './testing/open-doors.ts'

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
  // A lapsed bulletin stays lapsed: from here on the document does not change.
  const again = await desk.ask(feeds[0] as string)
  desk.clock.now = onDay('18:00')
  const tag = { 'if-none-match': again.headers.get('etag') ?? '' }
  expect((await desk.ask(feeds[0] as string, { headers: tag })).status).toBe(304)
})

test('an old warning that names no end is marked as old', async ({ db, desk }) => {
  const incident = await buildIncident(db)
  await buildBulletin(db, { state: 'published', incidentId: incident.id, at: onDay('08:00') })
  const path = `/feeds/bulletins.atom?incident=${incident.id}`
  const fresh = await desk.ask(path)
  expect(await fresh.text()).not.toContain('[Tin cũ]')
  desk.clock.now = hanoi('2026-03-12 08:00')
  const old = await desk.ask(path, { headers: { 'if-none-match': fresh.headers.get('etag') ?? '' } })
  expect([old.status, await old.text()]).toEqual([200, expect.stringContaining('[Tin cũ] Cấm cầu Long Biên')])
})

/** The feed as another parser reads it, one that shares no code with the first nor with the writer. */
async function parsedOtherwise(text: string) {
  const items: FeedParser.Item[] = []
  const parser = new FeedParser({ resume_saxerror: false })
  const written = pipeline(Readable.from([text]), parser)
  for await (const item of parser) items.push(item)
  await written
  return { meta: parser.meta, items }
}

async function assertWellFormed(text: string): Promise<void> {
  const { errors } = await validateXML({ xml: [{ fileName: 'feed.xml', contents: text }], normalization: 'format' })
  expect(errors).toEqual([])
}

test('two parsers read the same in Atom and RSS, whatever characters occur in it', async ({ db, desk }) => {
  const incident = await buildIncident(db, { name: 'Bão “số 3” & <lũ>' })
  const title = 'Cầu “Long Biên” & <b>đường</b> ]]> \u0008\u{1f30a} true'
  const said = title.replace('\u0008', '')
  const content = contentOf(title, { validTo: onDay('20:00').toISOString() })
  const { id, slug } = await buildBulletin(db, {
    state: 'published',
    content,
    incidentId: incident.id,
    at: onDay('08:00'),
  })
  for (const language of ['vi', 'en'] as const) {
    const own = language === 'vi' ? content.vi : content.en
    for (const format of ['atom', 'rss'] as const) {
      const path = `/feeds/bulletins.${format}?incident=${incident.id}${language === 'en' ? '&lang=en' : ''}`
      const text = await desk.textOf(path)
      await assertWellFormed(text)
      const one = parseFeed(text)
      const other = await parsedOtherwise(text)
      const url = `${desk.origin}${language === 'en' ? '/en' : ''}/ban-tin/${slug}`
      const expected = { title: language === 'vi' ? said : own?.title, url, published: onDay('08:00') }
      expect(one.items).toMatchObject([{ ...expected, id: `urn:uuid:${id}` }])
      expect(other.items).toMatchObject([
        // This parser strips tags from titles.
        {
          title: expected.title?.replace(/<[^>]+>/g, ''),
          link: url,
          guid: `urn:uuid:${id}`,
          pubdate: onDay('08:00'),
          date: onDay('08:00'),
        },
      ])
      expect(one.items[0]?.content).toBe(other.items[0]?.description)
      expect([one.language, other.meta.language, one.self, other.meta.xmlurl]).toEqual([
        language,
        language,
        desk.origin + path,
        desk.origin + path,
      ])
      expect(one.title).toContain('Bão “số 3” & <lũ>')
      expect(text).toContain('end=2026-03-02T13:00:00.000Z; scheme=W3C-DTF;')
    }
  }
})

test('RSS gives a new guid and date to each text that readers are notified of, and none to a typo', async ({
  db,
  desk,
}) => {
  const { editor, chief } = await buildNewsroom(db)
  const incident = await buildIncident(db)
  const by = { authorId: editor.id, approvedById: chief.id, incidentId: incident.id } as const
  const { id } = await buildBulletin(db, { state: 'published', ...by, at: onDay('08:00') })
  const item = async () =>
    (await parsedOtherwise(await desk.textOf(`/feeds/bulletins.rss?incident=${incident.id}`))).items[0]
  const as = (actor: typeof chief, time: string) => ({ db, actor, now: () => onDay(time) })
  async function correct(kind: 'minor' | 'substantive', title: string, time: string) {
    const [row] = await db.select().from(bulletins).where(eq(bulletins.id, id))
    const note = kind === 'minor' ? { note: '', noteEn: '' } : { note: 'Đã đổi.', noteEn: 'Changed.' }
    let moved = await correctBulletin(as(editor, time), { id, version: row?.version ?? 0, kind, ...note })
    const content = contentOf(title)
    const told = kind === 'minor' ? { title: `${content.en?.title}s` } : { summary: `Told again at ${time}.` }
    const en = content.en && { ...content.en, ...told }
    moved = await saveBulletin(as(editor, time), { ...moved, content: { ...content, en }, auto: false, typo: false })
    moved = await submitBulletin(as(editor, time), { ...moved, note: '' })
    moved = await approveBulletin(as(chief, time), { ...moved, acknowledged: [] })
    await publishBulletin(as(chief, time), { ...moved, acknowledged: [] })
  }
  const first = await item()
  await correct('minor', 'Cấm cầu Long Biên do gió mạnh', '09:00')
  const mended = await item()
  expect([mended?.title, mended?.guid, mended?.pubdate]).toEqual([
    'Cấm cầu Long Biên do gió mạnh',
    first?.guid,
    first?.pubdate,
  ])
  await correct('substantive', 'Cấm cầu Long Biên đến 18 giờ', '10:00')
  const corrected = await item()
  expect([corrected?.guid, corrected?.pubdate, corrected?.link]).toEqual([
    `urn:uuid:${id}#2`,
    onDay('10:00'),
    first?.link,
  ])
  expect(corrected).toMatchObject({ 'atom:updated': { '#': onDay('10:00').toISOString() } })
  const [row] = await db.select().from(bulletins).where(eq(bulletins.id, id))
  const notice = { notice: 'Gió đã lặng.', noticeEn: 'Calm.', alertEnding: null }
  await withdrawBulletin(as(chief, '11:00'), { id, version: row?.version ?? 0, ...notice })
  expect(await item()).toMatchObject({ guid: `urn:uuid:${id}#3`, title: '[Đã rút] Cấm cầu Long Biên đến 18 giờ' })
})

test('alerts are given in English too, and those no longer in force say so', async ({ db, desk }) => {
  const { editor, chief } = await buildNewsroom(db)
  const area = await buildArea(db, { name: 'Phường Bồ Đề', lon: 105.88, lat: 21.04 })
  const content = contentOf('Gió giật trên cầu', {
    areaIds: [area.id],
    alert: alertPanelOf({ expires: onDay('12:00').toISOString() }),
  })
  const built = await buildBulletin(db, { state: 'approved', content, authorId: editor.id, approvedById: chief.id })
  const ctx = { db, actor: chief, now: () => onDay('08:30') }
  await publishBulletin(ctx, { id: built.id, version: 1, acknowledged: [] })
  const titles = async (query: string) =>
    parseFeed(await desk.textOf(`/feeds/alerts.atom${query}`)).items.map(({ title }) => title)
  const tag = (await desk.ask('/feeds/alerts.atom')).headers.get('etag') ?? ''
  expect([await titles(''), await titles('?lang=en')]).toEqual([['Gió giật trên cầu'], [content.en?.title]])
  const map = JSON.parse(await desk.textOf('/feeds/alerts.geojson?lang=en'))
  expect(map.features).toMatchObject([
    { properties: { headline: content.en?.title, language: 'en', areas: ['Bo De Ward'] } },
  ])
  desk.clock.now = onDay('12:00')
  expect((await desk.ask('/feeds/alerts.atom', { headers: { 'if-none-match': tag } })).status).toBe(200)
  expect([await titles(''), await titles('?lang=en')]).toEqual([
    ['[Hết hiệu lực] Gió giật trên cầu'],
    [`[No longer in force] ${content.en?.title}`],
  ])
  await assertWellFormed(await desk.textOf('/feeds/alerts.atom'))
})

/** A document of each kind, long enough to be compressed. */
async function documents(db: Database): Promise<string[]> {
  const incident = await buildIncident(db)
  const { editor, chief } = await buildNewsroom(db)
  const by = { state: 'published', incidentId: incident.id, authorId: editor.id, approvedById: chief.id } as const
  for (let at = 0; at < feedLimits.archive; at++) await buildBulletin(db, by)
  const names = [
    'bulletins.atom',
    'bulletins.rss',
    'bulletins.json',
    'bulletins/1-0.atom',
    'bulletins/1-0.rss',
    'bulletins/1-0.json',
  ]
  return [
    ...names.map((name) => `/feeds/${name}?incident=${incident.id}`),
    '/feeds/alerts.atom',
    '/feeds/alerts.geojson',
  ]
}

test('every document answers HEAD, OPTIONS, unchanged and compressed requests, and refuses the rest', async ({
  db,
  desk,
}) => {
  for (const path of await documents(db)) {
    const plain = await desk.ask(path)
    const text = Buffer.from(await plain.arrayBuffer())
    const headers = Object.fromEntries(plain.headers)
    expect([path, plain.status, headers.vary, Number(headers['content-length'])]).toEqual([
      path,
      200,
      'accept-encoding',
      text.length,
    ])
    expect(headers['access-control-allow-origin']).toBe('*')
    const unchanged = { 'if-none-match': headers.etag ?? '' }
    const table: [RequestInit, number, Record<string, string | null>][] = [
      [{ method: 'HEAD' }, 200, { 'content-length': String(text.length), etag: headers.etag ?? '' }],
      [{ headers: unchanged }, 304, { etag: headers.etag ?? '', 'content-length': null, vary: 'accept-encoding' }],
      [{ method: 'HEAD', headers: unchanged }, 304, { etag: headers.etag ?? '' }],
      [{ headers: { 'if-none-match': '*' } }, 304, {}],
      [{ headers: { 'if-modified-since': headers['last-modified'] ?? '' } }, 304, {}],
      [{ headers: { 'if-none-match': '"other"', 'if-modified-since': headers['last-modified'] ?? '' } }, 200, {}],
      [
        { method: 'OPTIONS' },
        204,
        { allow: 'GET, HEAD, OPTIONS', 'access-control-allow-methods': 'GET, HEAD, OPTIONS' },
      ],
      ...['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'].map((method): [RequestInit, number, Record<string, string>] => [
        { method },
        405,
        { allow: 'GET, HEAD, OPTIONS' },
      ]),
      ...(text.length < 1400
        ? []
        : ['gzip', 'br;q=1.0, gzip;q=0.8', '*', 'x, GZIP ; q=0.1'].map(
            (coding): [RequestInit, number, Record<string, string>] => [
              { headers: { 'accept-encoding': coding } },
              200,
              { 'content-encoding': 'gzip', etag: headers.etag ?? '' },
            ],
          )),
      ...['identity', 'br', 'gzip;q=0', '*, gzip;q=0', 'gzipped'].map(
        (coding): [RequestInit, number, Record<string, string | null>] => [
          { headers: { 'accept-encoding': coding } },
          200,
          { 'content-encoding': null, 'content-length': String(text.length) },
        ],
      ),
    ]
    for (const [init, status, expected] of table) {
      const { answer, bytes } = await rawAnswer(desk.origin + path, init)
      const found = Object.fromEntries(Object.keys(expected).map((name) => [name, answer.headers[name] ?? null]))
      expect([path, init, answer.statusCode, found]).toEqual([path, init, status, expected])
      if (init.method === 'HEAD' || status === 304 || status === 204) expect(bytes.length).toBe(0)
      if (answer.headers['content-encoding'] === 'gzip') expect(gunzipSync(bytes).equals(text)).toBe(true)
    }
  }
})

/** As sent over the wire: fetch decompresses. */
async function rawAnswer(url: string, { method = 'GET', headers = {} }: RequestInit) {
  const [answer] = (await once(
    request(url, { method, headers: headers as Record<string, string> }).end(),
    'response',
  )) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part)
  return { answer, bytes: Buffer.concat(parts) }
}

test('what is unknown or malformed is not found, and none of it is echoed', async ({ desk }) => {
  const unknown = '0198f3a0-0000-7000-8000-00000000dead'
  for (const path of [
    '/feeds/',
    '/feeds/bulletins.xls',
    '/feeds/bulletins.atom?area=99999',
    '/feeds/bulletins.atom?area=<script>',
    `/feeds/bulletins.atom?area=${'9'.repeat(5000)}`,
    `/feeds/bulletins.rss?incident=${unknown}`,
    '/feeds/bulletins.json?incident=12',
    '/feeds/bulletins.json?kind=gossip',
    '/feeds/bulletins.json?lang=fr',
    '/feeds/bulletins/1-0.atom?kind=policy',
    '/feeds/bulletins/99999999-0.atom',
    '/feeds/bulletins/1-99999999999.atom',
    '/feeds/alerts.atom?lang=fr',
    '/feeds/alerts.geojson?lang=%00',
    `/feeds/alerts/${'a'.repeat(90)}.xml`,
    '/feeds/alerts/hanoi-none.xml',
    '/feeds/%E0%A4%A',
    '/feeds/bulletins.atom?area=%E0%A4%A',
  ]) {
    const answer = await desk.ask(path)
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.text()).not.toMatch(/script|gossip|999/)
  }
})
