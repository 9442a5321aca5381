import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseFeed } from '@rowanmanning/feed-parser'
import { eq } from 'drizzle-orm'
import { XMLParser } from 'fast-xml-parser'
import sharp from 'sharp'
import { afterAll, describe, expect, onTestFinished, vi } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildFile } from '#db/factories/photos.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts, bulletinRevisions, bulletins, files } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { createDeskServer } from '#server/http/desk-server.ts'
import { directoryStore } from '#server/platform/files.ts'
import { alertsGeoJsonOf } from '../alert-feeds.ts'
import { correctBulletin, restoreRevision, unpublishBulletin, withdrawBulletin } from '../commands/correct-bulletin.ts'
import { makePreview, previewedBulletin } from '../commands/make-preview.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from '../commands/review-bulletin.ts'
import { saveBulletin } from '../commands/save-bulletin.ts'
import { publicPage } from '../queries/public.ts'
import { alertsInForce, publicAlerts } from '../queries/public-alerts.ts'
import type { Block } from '../rules/document.ts'
import { handleAlertKey } from './alert-key.ts'
import { handleFeeds } from './feeds.ts'
import { handlePublicImages } from './images.ts'
import { handleBulletinPages } from './pages.ts'
import { handleShareImages } from './share-images.ts'
import { isSignedBy } from './testing/verify-signature.ts'

const schema = readFileSync(join(import.meta.dirname, 'testing/cap-1.2.xsd'), 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'public-'))
const store = directoryStore(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An image of a bulletin with its public copy in the store. */
async function storedImage(db: Database, ownerId: string): Promise<string> {
  const fileId = await buildFile(db, { purpose: 'bulletin_image', ownerId, attachedAt: new Date() })
  const [row] = await db.select().from(files).where(eq(files.id, fileId))
  const shape = { width: 60, height: 40, channels: 3, background: '#5a7d5a' } as const
  await store.write(row?.publicKey as string, await sharp({ create: shape }).jpeg().toBuffer())
  return fileId
}

const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors: [],
    openDoors: [
      handleAlertKey,
      handleFeeds,
      (request, response, visit) => handlePublicImages(request, response, visit, store),
      handleShareImages,
      handleBulletinPages,
    ],
    // In the place of Next: it knows nothing of what the handlers before it decide.
    pages: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store' }).end('<h1>page</h1>')
    },
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}`, { headers, redirect: 'manual' })
  return { origin, get }
})

async function slugOf(db: Database, id: string): Promise<string> {
  const [row] = await db.select({ slug: bulletins.slug }).from(bulletins).where(eq(bulletins.id, id))
  return row?.slug ?? ''
}

/** Written, approved and published, by the commands of the desk. */
async function publish(db: Database, content = contentOf(), incidentId: string | null = null) {
  const { editor, chief } = await buildNewsroom(db)
  const approved = await buildBulletin(db, {
    state: 'approved',
    content,
    incidentId,
    authorId: editor.id,
    approvedById: chief.id,
  })
  const out = await publishBulletin(actingAt(db, chief, '09:00'), { id: approved.id, version: 1, acknowledged: [] })
  return { editor, chief, ...out }
}

/** The clock of the desk, for a test in which something must not have lapsed yet. */
function setClock(time: string): void {
  vi.useFakeTimers({ now: hanoi(`2026-03-02 ${time}`), toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
}

type Newsroom = Awaited<ReturnType<typeof buildNewsroom>>
type Out = Awaited<ReturnType<typeof publish>>

async function correct(
  db: Database,
  out: Out,
  kind: 'minor' | 'substantive' | 'personal_data',
  content: ReturnType<typeof contentOf>,
  at: string,
) {
  const note = kind === 'substantive' ? 'Giờ thông xe đã đổi.' : ''
  const noteEn = note && 'The hours have changed.'
  // What is corrected in one language is corrected in the other.
  const en = content.en && { ...content.en, summary: `${content.en.summary} Updated at ${at}.` }
  let moved = await correctBulletin(actingAt(db, out.editor, at), { ...out, kind, note, noteEn, reason: 'Lộ tên' })
  moved = await saveBulletin(actingAt(db, out.editor, at), {
    ...moved,
    content: { ...content, en },
    auto: false,
    typo: false,
  })
  moved = await submitBulletin(actingAt(db, out.editor, at), { ...moved, note: '' })
  moved = await approveBulletin(actingAt(db, out.chief, at), { ...moved, acknowledged: [] })
  return { ...out, ...(await publishBulletin(actingAt(db, out.chief, at), { ...moved, acknowledged: [] })) }
}

async function assertValid(xml: string): Promise<void> {
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'alert.xml', contents: xml }], schema: [schema] })
  expect(errors).toEqual([])
  expect(valid).toBe(true)
}

test('all feeds have the same bulletins, by an id that never changes', async ({ db, desk }) => {
  setClock('09:30')
  const incident = await buildIncident(db)
  const { id } = await publish(db, contentOf('Cấm cầu “Long Biên” & đường dẫn <phía bắc>'), incident.id)
  for (const format of ['atom', 'rss']) {
    const response = await desk.get(`/feeds/bulletins.${format}?incident=${incident.id}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      `application/${format}+xml; charset=utf-8`,
    ])
    const feed = parseFeed(await response.text())
    expect(feed.items).toMatchObject([
      {
        id: `urn:uuid:${id}`,
        title: 'Cấm cầu “Long Biên” & đường dẫn <phía bắc>',
        url: `${desk.origin}/ban-tin/${await slugOf(db, id)}`,
      },
    ])
    expect(feed.self ?? feed.url).toBeTruthy()
  }
  const json = await (await desk.get(`/feeds/bulletins.json?incident=${incident.id}`)).json()
  expect(json).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    items: [{ id: `urn:uuid:${id}`, tags: ['road_closed', 'Bản tin 1 / Bão số 3'] }],
  })
})

test('a feed is given by area and language, and refuses what it does not understand', async ({ db, desk }) => {
  const [here, there] = [await buildArea(db, { code: '00801' }), await buildArea(db, { code: '00802' })]
  const { id } = await publish(db, contentOf('Chỉ ở đây', { areaIds: [here.id] }))
  const idsIn = async (query: string) =>
    (await (await desk.get(`/feeds/bulletins.json?${query}`)).json()).items.map((item: { id: string }) => item.id)
  expect(await idsIn(`area=${here.code}`)).toContain(`urn:uuid:${id}`)
  expect(await idsIn(`area=${there.code}`)).not.toContain(`urn:uuid:${id}`)
  const vietnamese = await publish(db, contentOf('Chỉ tiếng Việt', { en: null }), null).catch((error) => error.message)
  expect(vietnamese).toBe('checklist_warnings')
  expect((await desk.get('/feeds/bulletins.json?area=99999')).status).toBe(404)
  expect((await desk.get('/feeds/bulletins.json?kind=gossip')).status).toBe(404)
  expect((await desk.get('/feeds/bulletins.xls')).status).toBe(404)
})

test('what did not change is not sent again; a substantive correction updates the item, a minor one does not', async ({
  db,
  desk,
}) => {
  setClock('12:00')
  const incident = await buildIncident(db)
  const out = await publish(db, contentOf(), incident.id)
  const path = `/feeds/bulletins.json?incident=${incident.id}`
  const first = await desk.get(path)
  const tag = first.headers.get('etag') ?? ''
  const modified = first.headers.get('last-modified') ?? ''
  expect((await desk.get(path, { 'if-none-match': tag })).status).toBe(304)
  expect((await desk.get(path, { 'if-none-match': `"other", ${tag.replace('W/', '')}` })).status).toBe(304)
  expect((await desk.get(path, { 'if-modified-since': modified })).status).toBe(304)
  const [before] = (await first.json()).items
  const mended = await correct(db, out, 'minor', contentOf('Cấm cầu Long Biên do gió mạnh'), '10:00')
  const second = await desk.get(path, { 'if-none-match': tag })
  expect(second.status).toBe(200)
  const [after] = (await second.json()).items
  expect([after.id, after.date_modified, after.title]).toEqual([
    before.id,
    before.date_modified,
    'Cấm cầu Long Biên do gió mạnh',
  ])
  await correct(db, mended, 'substantive', contentOf('Cấm cầu Long Biên đến 18 giờ'), '11:00')
  const [last] = (await (await desk.get(path)).json()).items
  expect([last.id, last.date_modified > before.date_modified, last.url]).toEqual([before.id, true, before.url])
})

test('caches store the pages until something changes, and a bulletin that was taken down is gone', async ({
  db,
  desk,
}) => {
  const out = await publish(db)
  const path = `/ban-tin/${await slugOf(db, out.id)}`
  const first = await desk.get(path)
  expect([first.status, first.headers.get('cache-control')]).toEqual([
    200,
    'public, max-age=60, stale-while-revalidate=30',
  ])
  const tag = first.headers.get('etag') ?? ''
  expect((await desk.get(path, { 'if-none-match': tag })).status).toBe(304)
  expect((await desk.get(`/en${path}`, { 'if-none-match': tag })).status).toBe(200)
  const list = (await desk.get('/ban-tin')).headers.get('etag') ?? ''
  const withdrawn = await withdrawBulletin(actingAt(db, out.chief, '10:00'), {
    ...out,
    notice: 'Nhầm đoạn đường.',
    noticeEn: 'Wrong stretch of road.',
    alertEnding: null,
  })
  expect((await desk.get(path, { 'if-none-match': tag })).status).toBe(200)
  expect((await desk.get('/ban-tin', { 'if-none-match': list })).status).toBe(200)
  await unpublishBulletin(actingAt(db, out.chief, '10:05'), { ...withdrawn, reason: 'Trùng', redirectToId: null })
  const gone = await desk.get(path)
  expect([gone.status, gone.headers.get('x-robots-tag')]).toEqual([410, 'noindex'])
  expect(await gone.text()).toBe('<h1>page</h1>')
  expect((await desk.get('/ban-tin/chua-tung-co')).headers.get('etag')).toBeNull()
})

describe('what was taken down', () => {
  const secret = 'Nguyễn Văn Kín, 0912 345 678'
  const other = 'Trần Thị Giấu'

  /** An alert with an image, published in both languages, corrected once. */
  async function outWithSecret(db: Database, newsroom: Newsroom, secret: string) {
    const area = await buildArea(db, { name: 'Phường Việt Hưng', lon: 105.9, lat: 21.05 })
    const [fileId, dropped] = [await storedImage(db, newsroom.editor.id), await storedImage(db, newsroom.editor.id)]
    const incident = await buildIncident(db)
    const vi = textOf(`Sơ tán nhà ông ${secret}`)
    const image = (id: string): Block => ({
      type: 'image',
      attrs: { fileId: id, alt: 'Nhà nghiêng', decorative: false, caption: '' },
    })
    const showing = (ids: string[]) => ({
      ...vi,
      body: { ...vi.body, content: [...vi.body.content, ...ids.map(image)] },
    })
    const content = contentOf(vi.title, { areaIds: [area.id], alert: alertPanelOf(), contact: secret })
    const out = await publish(db, { ...content, vi: showing([fileId, dropped]) }, incident.id)
    const corrected = await correct(db, out, 'substantive', { ...content, vi: showing([fileId]) }, '10:00')
    return { out: corrected, fileId, dropped, incident, slug: await slugOf(db, out.id) }
  }

  test('is gone under every public address, whatever a cache still has, and nothing of it is revealed', async ({
    db,
    desk,
  }) => {
    setClock('17:30')
    const { out, fileId, dropped, incident, slug } = await outWithSecret(db, await buildNewsroom(db), secret)
    const sent = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))
    const gone = [
      `/ban-tin/${slug}`,
      `/en/ban-tin/${slug}`,
      `/ban-tin/${slug}?_rsc=1abcd`,
      `/ban-tin/${slug}/chia-se-ngang.png`,
      `/en/ban-tin/${slug}/chia-se-doc.png?v=1`,
      ...[480, 960, 1600].map((width) => `/ban-tin/anh/${fileId}/${width}.jpg`),
      ...sent.map(({ id }) => `/feeds/alerts/${id}.xml`),
    ]
    const lists = [
      ...['atom', 'rss', 'json'].map((format) => `/feeds/bulletins.${format}?incident=${incident.id}`),
      '/feeds/alerts.atom',
      '/feeds/alerts.geojson',
    ]
    const before = new Map<string, Headers>()
    for (const path of [...gone, ...lists]) {
      const answer = await desk.get(path)
      expect([path, answer.status]).toEqual([path, 200])
      if (!path.includes('_rsc'))
        expect([path, answer.headers.get('cache-control')]).toEqual([
          path,
          'public, max-age=60, stale-while-revalidate=30',
        ])
      before.set(path, answer.headers)
    }
    // No longer public since the correction, which counts as taken down.
    expect((await desk.get(`/ban-tin/anh/${dropped}/480.jpg`)).status).toBe(410)

    const { path: preview } = await makePreview(actingAt(db, out.editor, '10:30'), { id: out.id, hours: 24 })
    const token = preview.split('/').at(-1) as string
    expect(await previewedBulletin(db, token, hanoi('2026-03-02 10:40'))).toBe(out.id)
    const down = { ...out, reason: `Lộ thông tin của ${secret}`, redirectToId: null, endsAlert: true }
    await unpublishBulletin(actingAt(db, out.chief, '18:00'), down)
    setClock('18:01')
    for (const path of gone) {
      const [tag, modified] = ['etag', 'last-modified'].map((name) => before.get(path)?.get(name) ?? '')
      for (const headers of [{}, { 'if-none-match': tag ?? '' }, { 'if-modified-since': modified ?? '' }]) {
        const answer = await desk.get(path, headers as Record<string, string>)
        expect([path, answer.status]).toEqual([path, 410])
        expect(answer.headers.get('cache-control')).toMatch(/max-age=(30|60)$/)
        expect(await answer.text()).not.toContain('Kín')
      }
    }
    for (const path of lists) {
      const tag = before.get(path)?.get('etag') ?? ''
      const modified = before.get(path)?.get('last-modified') ?? ''
      for (const [name, value] of [
        ['if-none-match', tag],
        ['if-modified-since', modified],
      ] as const) {
        const answer = await desk.get(path, { [name]: value })
        expect([path, answer.status]).toEqual([path, 200])
        const text = await answer.text()
        expect(text).not.toContain('Kín')
        expect(text).not.toContain(fileId)
      }
    }
    expect(alertsGeoJsonOf({ home: desk.origin, language: 'vi', alerts: await publicAlerts(db) })).not.toContain('Kín')

    const all = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))
    const [cancel] = all.filter(({ messageType }) => messageType === 'Cancel')
    const xml = await (await desk.get(`/feeds/alerts/${cancel?.id}.xml`)).text()
    await assertValid(xml)
    expect(xml).toContain('<headline>Cảnh báo đã được gỡ bỏ</headline>')
    expect(xml).toContain('<areaDesc>Viet Hung Ward</areaDesc>')
    for (const said of ['Kín', '0912', 'Lộ thông tin', 'Không đi qua cầu']) expect(xml).not.toContain(said)

    expect(await previewedBulletin(db, token, hanoi('2026-03-02 18:05'))).toBeNull()
    const again = makePreview(actingAt(db, out.editor, '18:10'), { id: out.id, hours: 24 })
    await expect(again).rejects.toThrow('bulletin_gone')
  })

  test('after a withdrawal removes the words from the message that cancelled the alert at that time', async ({
    db,
    desk,
  }) => {
    const { out, slug } = await outWithSecret(db, await buildNewsroom(db), other)
    const at = (time: string) => actingAt(db, out.chief, time)
    const withdrawn = await withdrawBulletin(at('18:00'), {
      ...out,
      notice: `Nhầm tên ${other}`,
      noticeEn: `Wrong name ${other}`,
      alertEnding: 'over',
    })
    const list = await desk.get('/feeds/alerts.atom')
    expect(await list.text()).toContain('Giấu')
    await unpublishBulletin(at('18:30'), { ...withdrawn, reason: 'Lộ tên', redirectToId: null })
    const since = { 'if-modified-since': list.headers.get('last-modified') ?? '' }
    expect(await (await desk.get('/feeds/alerts.atom', since)).text()).not.toContain('Giấu')
    for (const { id, messageType } of await db
      .select()
      .from(bulletinAlerts)
      .where(eq(bulletinAlerts.bulletinId, out.id))) {
      const answer = await desk.get(`/feeds/alerts/${id}.xml`)
      expect(answer.status).toBe(messageType === 'Cancel' ? 200 : 410)
      expect(await answer.text()).not.toContain('Giấu')
    }
    expect((await desk.get(`/ban-tin/${slug}`)).status).toBe(410)
  })

  test('for personal data, while the danger lasts, leaves the cleaned page and its alert', async ({ db, desk }) => {
    const named = 'Phạm Thị Lộ'
    const { out, fileId, incident, slug } = await outWithSecret(db, await buildNewsroom(db), named)
    const kept = await publicPage(db, slug)
    expect(kept?.corrections).toHaveLength(1)
    const old = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))
    const { path: preview } = await makePreview(actingAt(db, out.editor, '10:30'), { id: out.id, hours: 24 })
    const atom = await desk.get('/feeds/alerts.atom')
    const { content: before } = kept as NonNullable<typeof kept>
    const clean = {
      ...before,
      vi: textOf('Sơ tán nhà nghiêng ở phố Hoa Lâm'),
      contact: '1022',
    }
    const cleaned = await correct(db, out, 'personal_data', clean, '11:00')

    const moved = await slugOf(db, out.id)
    expect(moved).not.toContain('lo')
    const redirect = await desk.get(`/ban-tin/${slug}`)
    expect([redirect.status, redirect.headers.get('location')]).toEqual([308, `/ban-tin/${moved}`])
    const page = await publicPage(db, moved)
    // The note to the readers of the earlier text may contain the data too.
    expect([page?.content.contact, page?.corrections]).toEqual(['1022', []])
    for (const path of [
      `/ban-tin/${slug}/chia-se-ngang.png`,
      `/ban-tin/anh/${fileId}/480.jpg`,
      preview,
      ...old.map(({ id }) => `/feeds/alerts/${id}.xml`),
    ]) {
      expect([path, (await desk.get(path)).status]).toEqual([path, 410])
    }
    const sent = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))
    const [update] = sent.filter(({ id }) => !old.some((each) => each.id === id))
    expect(update?.messageType).toBe('Update')
    const xml = await (await desk.get(`/feeds/alerts/${update?.id}.xml`)).text()
    await assertValid(xml)
    expect((await alertsInForce(db, hanoi('2026-03-02 11:05'))).map(({ id }) => id)).toContain(update?.id)
    const since = { 'if-modified-since': atom.headers.get('last-modified') ?? '' }
    const lists = [
      xml,
      ...(await Promise.all(
        ['atom', 'rss', 'json'].map(async (format) =>
          (await desk.get(`/feeds/bulletins.${format}?incident=${incident.id}`)).text(),
        ),
      )),
      await (await desk.get('/feeds/alerts.atom', since)).text(),
      alertsGeoJsonOf({ home: desk.origin, language: 'vi', alerts: await publicAlerts(db) }),
    ]
    for (const text of lists) {
      expect(text).not.toContain('Thị Lộ')
      expect(text).not.toContain(slug)
    }
    const again = await correctBulletin(actingAt(db, out.editor, '11:10'), {
      ...cleaned,
      kind: 'minor',
      note: '',
      noteEn: '',
    })
    const [first] = await db
      .select()
      .from(bulletinRevisions)
      .where(eq(bulletinRevisions.bulletinId, out.id))
      .orderBy(bulletinRevisions.number)
    const restored = restoreRevision(actingAt(db, out.editor, '11:15'), { ...again, revisionId: first?.id ?? '' })
    await expect(restored).rejects.toThrow('revision_taken_down')
    const over = { notice: 'Hết nguy hiểm.', noticeEn: 'All clear.', alertEnding: 'over' as const }
    await withdrawBulletin(actingAt(db, out.chief, '11:20'), { ...again, ...over })
  })

  test('an address is kept across every correction, except for personal data', async ({ db }) => {
    const out = await publish(db)
    const moving = db.update(bulletins).set({ slug: 'dia-chi-khac' }).where(eq(bulletins.id, out.id))
    await expect(moving).rejects.toMatchObject({ cause: { constraint_name: 'bulletins_kept' } })
  })

  test('is no longer named by the page of what it had replaced', async ({ db, desk }) => {
    const older = await publish(db)
    const { editor, chief } = await buildNewsroom(db)
    const built = await buildBulletin(db, {
      state: 'approved',
      content: contentOf(`Cầu cấm vì nhà ông ${secret}`),
      authorId: editor.id,
      approvedById: chief.id,
    })
    await db.update(bulletins).set({ supersedesId: older.id }).where(eq(bulletins.id, built.id))
    const newer = await publishBulletin(actingAt(db, chief, '10:00'), { id: built.id, version: 1, acknowledged: [] })
    const path = `/ban-tin/${await slugOf(db, older.id)}`
    const seen = await desk.get(path)
    const tag = { 'if-none-match': seen.headers.get('etag') ?? '' }
    const modified = { 'if-modified-since': seen.headers.get('last-modified') ?? '' }
    expect((await desk.get(path, tag)).status).toBe(304)
    await unpublishBulletin(actingAt(db, chief, '11:00'), { ...newer, reason: 'Lộ tên', redirectToId: null })
    expect((await desk.get(path, tag)).status).toBe(200)
    expect((await desk.get(path, modified)).status).toBe(200)
    expect((await publicPage(db, await slugOf(db, older.id)))?.supersededBy).toBeNull()
  })

  test.for(['unpublished', 'cleaned'] as const)(
    'is no longer named by the message that ended the alert which it replaced: %s',
    async (how, { db, desk }) => {
      // Each after all that came before it: a list says when it changed last.
      const [begun, removed] = how === 'cleaned' ? ['20:30', '21:00'] : ['19:00', '20:00']
      setClock('21:30')
      const hidden = how === 'cleaned' ? 'Đinh Văn Sạch' : 'Đinh Văn Mất'
      const area = await buildArea(db, { lon: 105.91, lat: 21.06 })
      const older = await publish(db, contentOf('Ngập phố Hoa Lâm', { areaIds: [area.id], alert: alertPanelOf() }))
      const { editor, chief } = await buildNewsroom(db)
      const built = await buildBulletin(db, {
        state: 'approved',
        content: contentOf(`Nước đã rút khỏi nhà ông ${hidden}`, { alertEnding: 'over' }),
        authorId: editor.id,
        approvedById: chief.id,
      })
      await db.update(bulletins).set({ supersedesId: older.id }).where(eq(bulletins.id, built.id))
      const newer = await publishBulletin(actingAt(db, chief, begun), { id: built.id, version: 1, acknowledged: [] })
      const list = await desk.get('/feeds/alerts.atom')
      expect(await list.text()).toContain(hidden)
      if (how === 'unpublished') {
        await unpublishBulletin(actingAt(db, chief, removed), { ...newer, reason: 'Lộ tên', redirectToId: null })
      } else {
        const clean = contentOf('Nước đã rút khỏi phố Hoa Lâm')
        await correct(db, { editor, chief, ...newer }, 'personal_data', clean, removed)
      }
      for (const [name, value] of [
        ['if-none-match', list.headers.get('etag') ?? ''],
        ['if-modified-since', list.headers.get('last-modified') ?? ''],
      ] as const) {
        const answer = await desk.get('/feeds/alerts.atom', { [name]: value })
        expect([name, answer.status]).toEqual([name, 200])
        expect(await answer.text()).not.toContain(hidden)
      }
    },
  )

  test.for(['unpublished', 'cleaned'] as const)(
    'does not revive an alert that its own had replaced: %s',
    async (how, { db, desk }) => {
      const [begun, removed] = how === 'cleaned' ? ['22:00', '22:10'] : ['22:20', '22:30']
      setClock('22:40')
      const area = await buildArea(db, { lon: 105.91, lat: 21.06 })
      const panel = (event: string) =>
        contentOf(`${event} ở bãi giữa`, {
          areaIds: [area.id],
          alert: alertPanelOf({ event, expires: hanoi('2026-03-03 06:00').toISOString() }),
        })
      const [event, next] = [`Nước dâng ${how}`, `Nước dâng nhanh ${how}`]
      const older = await publish(db, panel(event))
      const { editor, chief } = await buildNewsroom(db)
      const built = await buildBulletin(db, {
        state: 'approved',
        content: panel(next),
        authorId: editor.id,
        approvedById: chief.id,
      })
      await db.update(bulletins).set({ supersedesId: older.id }).where(eq(bulletins.id, built.id))
      const newer = await publishBulletin(actingAt(db, chief, begun), { id: built.id, version: 1, acknowledged: [] })
      let cleaned = { ...newer }
      if (how === 'unpublished')
        await unpublishBulletin(actingAt(db, chief, removed), {
          ...newer,
          reason: 'Lộ tên',
          redirectToId: null,
          endsAlert: true,
        })
      else cleaned = await correct(db, { editor, chief, ...newer }, 'personal_data', panel(next), removed)
      const list = await (await desk.get('/feeds/alerts.atom')).text()
      const [entry] = list.split('<entry>').filter((one) => one.includes(`hanoi-${older.id}-1`))
      expect(entry).toMatch(how === 'cleaned' ? /\[Đã có cảnh báo mới\]/ : /\[Hết hiệu lực\]/)
      const lastOf = async () => (await publicAlerts(db)).find(({ id }) => id.startsWith(`hanoi-${built.id}-`))
      expect((await lastOf())?.follows).toContain(`hanoi-${older.id}-1`)
      if (how === 'unpublished') return
      await withdrawBulletin(actingAt(db, chief, '22:30'), {
        ...cleaned,
        notice: 'Hết',
        noticeEn: 'Over',
        alertEnding: 'over',
      })
      expect(await lastOf()).toMatchObject({
        messageType: 'Cancel',
        follows: expect.arrayContaining([`hanoi-${older.id}-1`]),
      })
    },
  )

  test('marks an alert as replaced, though the message that replaced it had lapsed and is gone', async ({
    db,
    desk,
  }) => {
    setClock('23:30')
    const area = await buildArea(db, { lon: 105.91, lat: 21.06 })
    const panel = (event: string, until: string) =>
      contentOf(`${event} ở bãi sậy`, {
        areaIds: [area.id],
        alert: alertPanelOf({ event, expires: hanoi(until).toISOString() }),
      })
    const older = await publish(db, panel('Lũ quét', '2026-03-03 06:00'))
    const { editor, chief } = await buildNewsroom(db)
    const content = panel('Lũ quét nhỏ', '2026-03-02 23:00')
    const people = { authorId: editor.id, approvedById: chief.id }
    const built = await buildBulletin(db, { state: 'approved', content, ...people })
    await db.update(bulletins).set({ supersedesId: older.id }).where(eq(bulletins.id, built.id))
    const newer = await publishBulletin(actingAt(db, chief, '22:45'), { id: built.id, version: 1, acknowledged: [] })
    await unpublishBulletin(actingAt(db, chief, '23:20'), { ...newer, reason: 'Lộ tên', redirectToId: null })
    const list = await (await desk.get('/feeds/alerts.atom')).text()
    const [entry] = list.split('<entry>').filter((one) => one.includes(`hanoi-${older.id}-1`))
    expect(entry).toContain('[Đã có cảnh báo mới]')
  })

  test('leaves an image in place that another bulletin shows', async ({ db, desk }) => {
    const newsroom = await buildNewsroom(db)
    const { out, fileId } = await outWithSecret(db, newsroom, secret)
    const vi = textOf('Nhà nghiêng đã được chống đỡ')
    const block: Block = { type: 'image', attrs: { fileId, alt: 'Nhà', decorative: false, caption: '' } }
    await publish(
      db,
      contentOf(vi.title, { vi: { ...vi, body: { ...vi.body, content: [...vi.body.content, block] } } }),
    )
    await unpublishBulletin(actingAt(db, out.chief, '11:00'), {
      ...out,
      reason: 'Trùng',
      redirectToId: null,
      endsAlert: true,
    })
    expect((await desk.get(`/ban-tin/anh/${fileId}/480.jpg`)).status).toBe(200)
    expect((await desk.get(`/ban-tin/anh/${randomUUID()}/480.jpg`)).status).toBe(404)
  })
})

test('a bulletin taken down may redirect to another', async ({ db, desk }) => {
  const [out, other] = [await publish(db), await publish(db)]
  await unpublishBulletin(actingAt(db, out.chief, '10:05'), { ...out, reason: 'Trùng', redirectToId: other.id })
  const moved = await desk.get(`/en/ban-tin/${await slugOf(db, out.id)}`)
  expect([moved.status, moved.headers.get('location')]).toEqual([308, `/en/ban-tin/${await slugOf(db, other.id)}`])
})

test('an alert is a valid CAP message in two languages; its correction updates it and its withdrawal cancels it', async ({
  db,
  desk,
}) => {
  const area = await buildArea(db, { name: 'Phường Bồ Đề', lon: 105.88, lat: 21.04 })
  const content = contentOf('Gió giật trên cầu: cấm & tránh xa', { areaIds: [area.id], alert: alertPanelOf() })
  const out = await publish(db, content)
  const changed = { ...content, vi: textOf('Gió giật trên cầu: cấm đến 20 giờ') }
  const corrected = await correct(db, out, 'substantive', changed, '10:00')
  await withdrawBulletin(actingAt(db, out.chief, '11:00'), {
    ...corrected,
    notice: 'Gió đã lặng.',
    noticeEn: 'The wind has fallen.',
    alertEnding: 'over',
  })
  const sent = await db
    .select()
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, out.id))
    .orderBy(bulletinAlerts.sentAt)
  expect(sent.map(({ messageType }) => messageType)).toEqual(['Alert', 'Update', 'Cancel'])
  expect(sent.map(({ follows }) => follows.length)).toEqual([0, 1, 2])
  const published = await (await desk.get('/feeds/alerts.pem')).text()
  expect(published).not.toContain('PRIVATE')
  for (const { id } of sent) {
    const response = await desk.get(`/feeds/alerts/${id}.xml`)
    expect(response.headers.get('content-type')).toBe('application/cap+xml; charset=utf-8')
    const xml = await response.text()
    await assertValid(xml)
    expect(await isSignedBy(published, xml)).toBe(true)
    expect(xml).toContain('<language>en</language>')
    expect(xml).toContain('<areaDesc>Bo De Ward</areaDesc>')
    expect(xml).toMatch(/<polygon>21\.03,105\.87 .* 21\.03,105\.87<\/polygon>/)
    expect(new XMLParser().parse(xml).alert.info[1].area.geocode).toEqual({ valueName: 'VN-GSO', value: area.code })
  }
  const feed = parseFeed(await (await desk.get('/feeds/alerts.atom')).text())
  expect(feed.items.map(({ url }) => url)).toEqual(
    expect.arrayContaining(sent.map(({ id }) => `${desk.origin}/feeds/alerts/${id}.xml`)),
  )
})

test('a map shows the alerts in force, and none that lapsed, was followed or was cancelled', async ({ db, desk }) => {
  const area = await buildArea(db, { name: 'Phường Hồng Hà', lon: 105.86, lat: 21.05 })
  const content = contentOf('Lũ trên báo động 2', { areaIds: [area.id], alert: alertPanelOf() })
  const out = await publish(db, content)
  const inForce = async (local: string) => alertsInForce(db, hanoi(`2026-03-02 ${local}`))
  const [first] = await inForce('09:30')
  expect(first?.bulletinId).toBe(out.id)
  await correct(db, out, 'substantive', { ...content, vi: textOf('Lũ trên báo động 3') }, '10:00')
  const alerts = (await inForce('10:30')).filter(({ bulletinId }) => bulletinId === out.id)
  expect(alerts).toMatchObject([{ messageType: 'Update', headline: 'Lũ trên báo động 3' }])
  const { features } = JSON.parse(alertsGeoJsonOf({ home: desk.origin, language: 'vi', alerts }))
  const [ring] = features[0].geometry.coordinates[0]
  expect([ring.at(0), ring.length >= 4]).toEqual([ring.at(-1), true])
  for (const [lon, lat] of ring) expect([lon, lat]).toEqual([expect.closeTo(105.86, 1), expect.closeTo(21.05, 1)])
  expect(features[0]).toMatchObject({
    properties: {
      areas: ['Phường Hồng Hà'],
      severity: 'Severe',
      cap: `${desk.origin}/feeds/alerts/${alerts[0]?.id}.xml`,
    },
  })
  expect(await inForce('22:30')).toEqual([])
  const served = await desk.get('/feeds/alerts.geojson')
  expect(served.headers.get('content-type')).toBe('application/geo+json; charset=utf-8')
  expect(await served.json()).toEqual({ type: 'FeatureCollection', features: [] })
  expect((await desk.get('/feeds/alerts.geojson', { 'if-none-match': served.headers.get('etag') ?? '' })).status).toBe(
    304,
  )
})

test('an exercise is never public: no number, no address, no page, no feed, no alert', async ({ db, desk }) => {
  const { chief } = await buildNewsroom(db)
  const content = contentOf('Diễn tập: gió giật', { areaIds: [(await buildArea(db)).id], alert: alertPanelOf() })
  const incident = await buildIncident(db)
  const built = await buildBulletin(db, {
    state: 'approved',
    content,
    incidentId: incident.id,
    isExercise: true,
    authorId: chief.id,
    approvedById: chief.id,
  })
  await publishBulletin(actingAt(db, chief, '09:00'), { id: built.id, version: 1, acknowledged: [] })
  const [row] = await db.select().from(bulletins).where(eq(bulletins.id, built.id))
  expect(row).toMatchObject({ state: 'published', number: null, slug: null })
  const [alert] = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, built.id))
  expect(alert).toMatchObject({ status: 'Exercise' })
  expect((await desk.get(`/feeds/alerts/${alert?.id}.xml`)).status).toBe(404)
  expect(await (await desk.get('/feeds/alerts.atom')).text()).not.toContain(built.id)
  expect((await (await desk.get(`/feeds/bulletins.json?incident=${incident.id}`)).json()).items).toEqual([])
})
