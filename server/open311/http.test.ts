import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, count, eq, isNotNull, like } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import {
  apiClients,
  events,
  files,
  publicationCopies,
  reportAnswers,
  reporters,
  reportMessages,
  reportPhotos,
  reports,
} from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { type Row, test, xmlIn } from '#server/http/testing/open311-desk.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import { rejectReasons } from '#server/reports/rules/lifecycle.ts'

const samples = join(import.meta.dirname, '../../../shared/data/real/open311-samples/spec-v2')
const words = 'Cây xà cừ đổ chắn ngang phố Lò Đúc, mn k đi được ạ.'
/** As macOS and some phones send it: decomposed. */
const decomposed = words.normalize('NFD')
const place = { lat: '21.0145', long: '105.8556', address_string: '73 phố Lò Đúc' }

async function partner(db: Database, wanted: Parameters<typeof buildApiClient>[1] = {}) {
  await buildCity(db)
  const [category, client] = [await buildCategory(db, { keywords: ['cây', 'đổ'] }), await buildApiClient(db, wanted)]
  const sent = { service_code: category.code, description: decomposed, ...place }
  const reportsOf = () =>
    db
      .select()
      .from(reports)
      .where(eq(reports.source, sourceOf(client.id)))
  return { ...client, category, sent, reportsOf }
}

const photoOf = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: '#5a7d5a' } })
    .withExif({ IFD0: { Copyright: 'Nguyễn Thị Lan' }, IFD3: { GPSLatitude: '21/1 0/1 0/1' } })
    .jpeg()
    .toBuffer()

function formWith(fields: Record<string, string>, ...photos: Uint8Array[]): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const photo of photos) form.append('media', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'ảnh.jpg')
  return form
}

const requestFields = [
  ...['service_request_id', 'status', 'status_notes', 'service_name', 'service_code', 'description'],
  ...['agency_responsible', 'service_notice', 'requested_datetime', 'updated_datetime', 'expected_datetime'],
  ...['address', 'address_id', 'zipcode', 'lat', 'long', 'media_url'],
]

describe('what the standard says', () => {
  test('discovery is at the root and below the endpoint, in both formats', async ({ desk }) => {
    for (const path of ['/open311/discovery', '/open311/v2/discovery']) {
      const json = await desk.send(`${path}.json`)
      expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(JSON.parse(json.text)).toEqual({
        changeset: expect.stringMatching(/^2026-/),
        contact: expect.any(String),
        key_service: expect.any(String),
        endpoints: [
          {
            specification: 'http://wiki.open311.org/GeoReport_v2',
            url: `${desk.origin}/open311/v2`,
            changeset: expect.stringMatching(/^2026-/),
            type: expect.stringMatching(/^(production|test)$/),
            formats: ['text/xml', 'application/json'],
          },
        ],
      })
      const xml = await desk.send(`${path}.xml`)
      expect(xml.headers.get('content-type')).toBe('text/xml; charset=utf-8')
      expect(xml.text).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>/)
      expect(xmlIn(xml.text)).toMatchObject({
        discovery: { endpoints: { endpoint: { formats: { format: ['text/xml', 'application/json'] } } } },
      })
    }
  })

  test('services are listed with their group and keywords, and defined with attributes', async ({ desk, db }) => {
    const { category } = await partner(db)
    const listed = (await desk.get('services.json')).json().find(({ service_code: code }) => code === category.code)
    expect(listed).toEqual({
      service_code: category.code,
      service_name: category.name,
      description: null,
      metadata: true,
      type: 'realtime',
      keywords: 'cây, đổ',
      group: 'Cây xanh',
    })
    expect((await desk.get('services.xml')).text).toContain(
      `<service><service_code>${category.code}</service_code><service_name>${category.name}</service_name><description></description><metadata>true</metadata>`,
    )
    const defined = JSON.parse((await desk.get(`services/${category.code}.json`)).text)
    expect(defined.service_code).toBe(category.code)
    expect(defined.attributes.map(({ code, datatype, order }: Row) => [code, datatype, order])).toEqual([
      ['title', 'string', 1],
      ['occurred_at', 'datetime', 2],
      ['external_id', 'string', 3],
    ])
    expect(xmlIn((await desk.get(`services/${category.code}.xml`)).text)).toMatchObject({
      service_definition: { service_code: category.code, attributes: { attribute: [{ variable: 'true' }, {}, {}] } },
    })
  })

  test('a report that was sent comes back in the composed form of its words, whole in both formats', async ({
    desk,
    db,
  }) => {
    const { key, name, channel, sent, category, reportsOf } = await partner(db, { channel: 'app' })
    const more = {
      first_name: 'Lan',
      last_name: 'Nguyễn Thị',
      phone: '0912 345 678',
      email: 'lan@example.vn',
      unknown: 'x',
    }
    const made = await desk.post(key, { ...sent, ...more, description: `${decomposed}\r\n"<&>" ở đó` })
    expect(made.status).toBe(201)
    const [row] = await reportsOf()
    expect(made.json()).toEqual([{ service_request_id: row?.code, service_notice: null, account_id: null }])
    expect(row).toMatchObject({ channel, title: words, state: 'awaiting_intake', lastActivityBy: 'citizen' })
    const [reporter] = await db
      .select()
      .from(reporters)
      .where(eq(reporters.reportId, row?.id ?? 0))
    expect(reporter).toMatchObject({ name: 'Nguyễn Thị Lan', phone: '0912 345 678', email: 'lan@example.vn' })
    const [event] = await db
      .select()
      .from(events)
      .where(eq(events.reportId, row?.id ?? 0))
    expect(event).toMatchObject({ event: 'report.received', actorKind: 'api_client', details: { source: name } })

    const [listed] = (await desk.get('requests.json', key)).json()
    expect(Object.keys(listed as Row)).toEqual(requestFields)
    expect(listed).toMatchObject({
      service_request_id: row?.code,
      status: 'open',
      status_notes: 'Chờ tiếp nhận',
      service_code: category.code,
      description: `${words}\r\n"<&>" ở đó`,
      agency_responsible: null,
      requested_datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/),
      expected_datetime: null,
      address: '73 phố Lò Đúc',
      zipcode: null,
      lat: 21.0145,
      long: 105.8556,
      media_url: null,
    })
    const one = await desk.get(`requests/${row?.code}.json`, key)
    expect(one.json()).toEqual([listed])
    const { text } = await desk.get(`requests/${row?.code}.xml`, key)
    const found = (xmlIn(text) as { service_requests: { request: Row } }).service_requests.request
    expect(Object.keys(found)).toEqual(requestFields)
    expect(text).toContain(`<description>${words}&#13;\n&quot;&lt;&amp;&gt;&quot; ở đó</description>`)
    expect(text).toContain('<zipcode></zipcode>')
    expect(found).toMatchObject({ lat: '21.0145', service_request_id: row?.code })
    for (const token of [row?.code]) {
      expect((await desk.get(`tokens/${token}.json`, key)).json()).toEqual([{ service_request_id: row?.code, token }])
    }
    expect((await desk.get('requests.xml')).text).toContain('<service_requests></service_requests>')
  })

  test('fields may stand in the address, the key in the form, and the answer in XML', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const query = new URLSearchParams({ ...sent, jurisdiction_id: 'hanoi.gov.vn' })
    const inAddress = await desk.send(`/open311/v2/requests.xml?${query}&api_key=${key}`, { method: 'POST' })
    const inForm = await desk.send('/open311/v2/requests.xml', {
      method: 'POST',
      body: formWith({ ...sent, api_key: key }),
    })
    const codes = (await reportsOf()).map(({ code }) => code).sort()
    const told = [inAddress, inForm].map(
      ({ text }) => /<service_request_id>(.*?)<.*<account_id><\/account_id>/.exec(text)?.[1],
    )
    expect([inAddress.status, inForm.status, told.sort()]).toEqual([201, 201, codes])
  })

  test('a photo is stored without its hidden data, and only the key that sent it sees it', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const body = formWith({ ...sent, api_key: key, 'attribute[title]': 'Cây đổ phố Lò Đúc' }, await photoOf())
    const made = await desk.send('/open311/v2/requests.json', { method: 'POST', body })
    expect(made.status).toBe(201)
    const [row] = await reportsOf()
    expect(row).toMatchObject({ photoCount: 1, title: 'Cây đổ phố Lò Đúc' })
    // An upload that belongs to nothing would be deleted.
    expect(await db.$count(files, and(eq(files.width, 60), isNotNull(files.attachedAt)))).toBe(1)
    const [{ media_url: url } = {}] = (await desk.get(`requests/${row?.code}.json`, key)).json()
    expect(url).toMatch(new RegExp(`^${desk.origin}/open311/v2/requests/${row?.code}/photos/`))
    const shown = await fetch(String(url), { headers: { 'x-api-key': key } })
    const metadata = await sharp(Buffer.from(await shown.arrayBuffer())).metadata()
    expect([shown.status, metadata.width, metadata.exif]).toEqual([200, 60, undefined])
    const stranger = await partner(db)
    expect((await fetch(String(url))).status).toBe(403)
    expect((await fetch(String(url), { headers: { 'x-api-key': stranger.key } })).status).toBe(404)
  })

  test('the shapes of the standard’s own samples are these', async ({ desk, db, skip }) => {
    skip(!existsSync(samples), 'the samples of ../shared are not here')
    const { key, sent, category } = await partner(db)
    await desk.post(key, sent)
    // The samples write codes as bare numbers with leading zeros, which is not JSON.
    const read = (name: string) =>
      JSON.parse(
        readFileSync(join(samples, name), 'utf8')
          .replace(/_code":(0\d+)/g, '_code":"$1"')
          .replace(/^HTTP.*$/m, ''),
      )
    const keysOf = (value: unknown) => Object.keys([value].flat()[0] as Row).sort()
    const pairs: [string, unknown][] = [
      ['spec-service-list.json', (await desk.get('services.json')).json()],
      ['spec-service-definition.json', JSON.parse((await desk.get(`services/${category.code}.json`)).text)],
      ['spec-service-requests.json', (await desk.get('requests.json', key)).json()],
      ['spec-service-request-post.json', (await desk.post(key, sent)).json()],
      ['spec-discovery.json', JSON.parse((await desk.get('discovery.json')).text)],
      ['spec-errors.json', (await desk.post(null, sent)).json()],
    ]
    for (const [name, own] of pairs) expect([name, keysOf(own)]).toEqual([name, keysOf(read(name))])
  })
})

describe('lists', () => {
  const day = 86_400_000
  const ago = (days: number) => new Date(Date.now() - days * day)

  async function several(db: Database) {
    const mine = await partner(db)
    const other = await buildCategory(db)
    const source = sourceOf(mine.id)
    const build = (days: number, wanted: Parameters<typeof buildReport>[1] = {}) =>
      buildReport(db, { categoryCode: mine.category.code, source, receivedAt: ago(days), ...wanted })
    const [fresh, done, old] = [
      await build(1),
      await build(40, { state: 'closed', categoryCode: other.code, lastActivityAt: ago(2) }),
      await build(200, { lastActivityAt: ago(3) }),
    ]
    return { ...mine, other, fresh, done, old }
  }

  test('hold the last 90 days, and what the filters say', async ({ desk, db }) => {
    const { key, fresh, done, old, other } = await several(db)
    const codes = async (query: string) =>
      (await desk.get(`requests.json?${query}`, key)).json().map(({ service_request_id: id }) => id)
    const written = (at: Date) => encodeURIComponent(at.toISOString())
    for (const [query, found] of [
      ['', [fresh, done]],
      ['status=closed', [done]],
      ['status=open,closed', [fresh, done]],
      [`service_code=${other.code},none`, [done]],
      [`service_request_id=${old.code},${fresh.code}&status=closed`, [fresh, old]],
      [`start_date=${written(ago(210))}`, [old]],
      [`end_date=${written(ago(30))}`, [done]],
      [`start_date=${written(ago(60))}&end_date=${written(ago(20))}`, [done]],
      [`start_date=${ago(60).toISOString().slice(0, 10)}`, [fresh, done]],
      [`updated_after=${written(ago(4))}`, [fresh, done, old]],
      [`updated_after=${written(ago(3.5))}&updated_before=${written(ago(2.5))}`, [old]],
      ['page_size=1', [fresh]],
      ['page_size=1&page=2', [done]],
      ['page=3&page_size=1', []],
      ['unknown=1&q=2', [fresh, done]],
    ] as const)
      expect([query, await codes(query)]).toEqual([query, found.map(({ code }) => code)])
  })

  test('refuse filters that cannot be read, all at once', async ({ desk, db }) => {
    const { key } = await partner(db)
    for (const query of [
      'status=done',
      'start_date=yesterday',
      'start_date=2026-13-45',
      'start_date=2026-01-01&end_date=2026-04-02',
      'start_date=2026-02-01&end_date=2026-01-01',
      'page=0',
      'page_size=-1',
      'page=1e9',
      `service_request_id=${Array.from({ length: 201 }, (_, at) => at).join(',')}`,
    ]) {
      const { status, json } = await desk.get(`requests.json?${query}`, key)
      expect([query, status, json().map(({ code }) => code)]).toEqual([query, 400, [400]])
    }
    expect((await desk.get('requests.json?page=0&status=done', key)).json()).toHaveLength(2)
  })

  test('a status is closed when the citizen was told, and its notes and updates are what they were told', async ({
    desk,
    db,
  }) => {
    const mine = await partner(db)
    const source = sourceOf(mine.id)
    const told = 'Đã cắt dọn cây đổ, thông đường.\nTrước số nhà 20 phố Hàng Bài · Sáng 02/3/2026'
    const canonical = await buildReport(db, { state: 'answered' })
    const expected: [Parameters<typeof buildReport>[1], string, string | null][] = [
      [{ state: 'awaiting_intake' }, 'open', 'Chờ tiếp nhận'],
      [{ state: 'awaiting_acceptance' }, 'open', 'Chờ xử lý'],
      [{ state: 'awaiting_acceptance', transferCount: 1 }, 'open', 'Chuyển xử lý'],
      [{ state: 'in_progress' }, 'open', 'Đang xử lý'],
      [{ state: 'awaiting_citizen' }, 'open', 'Chờ bổ sung: Cây ở số nhà nào?'],
      // It can still be taken back.
      [{ state: 'awaiting_citizen', releasedAt: new Date(Date.now() + 60_000) }, 'open', 'Đang xử lý'],
      [{ state: 'awaiting_approval' }, 'open', 'Đang xử lý'],
      [{ state: 'answered' }, 'closed', told],
      [{ state: 'answered', answerStatus: 'queued' }, 'open', 'Đang xử lý'],
      [{ state: 'closed' }, 'closed', told],
      [{ state: 'rejected' }, 'closed', told],
      [{ state: 'rejected', answerStatus: 'queued' }, 'open', 'Đang xử lý'],
      [{ state: 'rejected', rejectReason: rejectReasons[5] }, 'closed', null],
      [{ state: 'merged', mergedIntoId: canonical.id }, 'open', 'Đang xử lý'],
      [{ state: 'merged' }, 'open', 'Chờ tiếp nhận'],
    ]
    for (const [wanted, status, notes] of expected) {
      const { id, code } = await buildReport(db, { ...wanted, source })
      if (wanted?.state === 'awaiting_citizen')
        await db
          .insert(reportMessages)
          .values({ reportId: id, kind: 'question', body: 'Cây ở số nhà nào?', createdAt: new Date() })
      const [found] = (await desk.get(`requests/${code}.json`, mine.key)).json()
      expect([wanted, found?.status, found?.status_notes]).toEqual([wanted, status, notes])
      const [filtered] = (await desk.get(`requests.json?service_request_id=${code}`, mine.key)).json()
      expect(filtered).toEqual(found)
    }
    // An answer about the same matter is the citizen's once it was passed on to them.
    const follower = await buildReport(db, { state: 'merged', mergedIntoId: canonical.id, source })
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, canonical.id))
    await db.insert(events).values({
      at: new Date(),
      event: 'report.answer_passed_on',
      subjectKind: 'report',
      reportId: follower.id,
      actorKind: 'robot',
      details: { answerId: answer?.id },
    })
    const since = new Date(Date.now() - 60_000).toISOString()
    const [passedOn] = (await desk.get(`requests.json?updated_after=${since}&status=closed`, mine.key)).json()
    expect(passedOn).toMatchObject({ service_request_id: follower.code, status: 'closed', status_notes: told })

    const updates = (
      await desk.get('servicerequestupdates.json?start_date=2026-02-25&end_date=2026-03-10', mine.key)
    ).json()
    expect(updates.map(({ status, description }) => [status, description])).toEqual(Array(3).fill(['closed', told]))
    const recent = await desk.get(`servicerequestupdates.xml?start_date=${since}`, mine.key)
    const { service_requests_updates: list } = xmlIn(recent.text) as {
      service_requests_updates: { request_update: Row[] }
    }
    expect(list.request_update.map(({ status, description }) => [status, description])).toEqual([
      ['open', 'Cây ở số nhà nào?'],
      ['closed', told],
    ])
    expect(list.request_update[1]).toEqual({
      update_id: answer?.id,
      service_request_id: follower.code,
      status: 'closed',
      updated_datetime: expect.stringMatching(/\+07:00$/),
      description: told,
      media_url: '',
    })
    const named = await desk.get(`servicerequestupdates.json?service_request_id=${follower.code}`, mine.key)
    expect(named.json().map(({ update_id: id }) => id)).toEqual([answer?.id])
    expect((await desk.get('servicerequestupdates.json')).json()).toEqual([])
  })
})

describe('who may', () => {
  test('without a key, or with that of another client, a report does not exist', async ({ desk, db }) => {
    const [mine, other] = [await partner(db), await partner(db)]
    await desk.post(mine.key, mine.sent, { headers: { 'idempotency-key': 'first' } })
    const code = (await mine.reportsOf())[0]?.code
    for (const key of [undefined, other.key]) {
      expect((await desk.get('requests.json', key)).json()).toEqual([])
      expect((await desk.get(`requests.json?service_request_id=${code}`, key)).json()).toEqual([])
      for (const path of [`requests/${code}.json`, `tokens/${code}.json`, 'tokens/first.json'])
        expect([path, (await desk.get(path, key)).status]).toEqual([path, 404])
    }
    expect((await desk.get('tokens/first.json', mine.key)).json()).toEqual([
      { service_request_id: code, token: 'first' },
    ])
  })

  test('a permission that a client lacks, a key that has ended, and none at all are refused', async ({ desk, db }) => {
    const follower = await partner(db, { permissions: ['follow_reports'] })
    const sender = await partner(db, { permissions: ['submit_reports'] })
    const ended = await partner(db, { expiresAt: new Date(Date.now() - 1) })
    expect((await desk.post(follower.key, follower.sent)).status).toBe(403)
    expect((await desk.post(sender.key, sender.sent)).status).toBe(201)
    expect((await desk.get('requests.json', sender.key)).json()).toEqual([])
    const revoked = await partner(db)
    await db.update(apiClients).set({ revokedAt: new Date() }).where(eq(apiClients.id, revoked.id))
    for (const key of [null, ended.key, revoked.key, 'ihd_00000000_wrong', `${sender.key.slice(0, -2)}__`]) {
      const { status, json } = await desk.post(key, sender.sent)
      expect([key, status, json()]).toEqual([
        key,
        403,
        [{ code: 403, description: 'api_key is missing, or is not valid' }],
      ])
      if (key) expect((await desk.get('services.json', key)).status).toBe(403)
    }
  })

  test('a page of another origin may not send, whatever its key; a key opens nothing else', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const foreign = await desk.post(key, sent, { headers: { origin: 'https://evil.example' } })
    expect([foreign.status, foreign.json()[0]?.code, await reportsOf()]).toEqual([403, 403, []])
    for (const path of ['/api/trpc/reports.receive', '/api/photos', '/sign-in']) {
      const { status, text } = await desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body: '{}' })
      expect([path, status, JSON.parse(text).code]).toEqual([path, 403, 'foreign_origin'])
    }
  })

  test('what staff have published everyone reads as it was reviewed, and its sender in its own words', async ({
    desk,
    db,
  }) => {
    const [mine, reviewer] = [await partner(db), await buildActor(db, 'dispatcher')]
    const receivedAt = new Date(Date.now() - 3_600_000)
    const common = {
      receivedAt,
      categoryCode: mine.category.code,
      body: 'Gọi chị Lan 0912 345 678',
      address: '73 Lò Đúc',
    }
    const own = await buildReport(db, { ...common, state: 'in_progress', source: sourceOf(mine.id) })
    const others = await buildReport(db, { ...common, receivedAt: new Date(), state: 'closed' })
    const hidden = await buildReport(db, { ...common, state: 'in_progress' })
    for (const { id, receivedAt: at } of [own, others])
      await db.insert(publicationCopies).values({
        reportId: id,
        receivedAt: at,
        state: 'published',
        title: 'Cây đổ',
        body: 'Gọi •••',
        address: 'phố Lò Đúc',
        reviewerId: reviewer.id,
        reviewedAt: new Date(),
        publishedAt: new Date(),
      })
    const query = `requests.json?service_code=${mine.category.code}`
    const told = async (path: string, key?: string) =>
      (await desk.get(path, key)).json().map(({ service_request_id: id, description }) => [id, description])
    expect(await told(query)).toEqual([
      [others.code, 'Gọi •••'],
      [own.code, 'Gọi •••'],
    ])
    expect(await told(query, mine.key)).toEqual([
      [others.code, 'Gọi •••'],
      [own.code, common.body],
    ])
    expect(await told(`${query}&page=2&page_size=1`, mine.key)).toEqual([[own.code, common.body]])
    expect(await told(`${query}&status=closed`)).toEqual([[others.code, 'Gọi •••']])
    expect(await told(`requests.json?service_request_id=${own.code},${hidden.code}`)).toEqual([[own.code, 'Gọi •••']])
    const [found] = (await desk.get(`requests/${others.code}.json`)).json()
    expect(found).toMatchObject({ status: 'closed', status_notes: null, address: 'phố Lò Đúc', media_url: null })
    expect((await desk.get(`requests/${hidden.code}.json`)).status).toBe(404)
  })

  test('what nobody but staff may read does not leave by this door', async ({ desk, db }) => {
    const mine = await partner(db)
    const reporter = { name: 'Bùi Văn Kín', phone: '0987 111 222' }
    const { id } = await buildReport(db, {
      state: 'in_progress',
      source: sourceOf(mine.id),
      tags: ['nhãn kín'],
      reporter,
    })
    await buildReport(db, { state: 'in_progress', reporter, body: 'Lời của người khác' })
    await db.insert(reportMessages).values({ reportId: id, kind: 'reply', body: 'lời đáp kín', createdAt: new Date() })
    const all = await Promise.all(
      ['requests.json', 'requests.xml', 'services.json', 'discovery.json'].flatMap((path) => [
        desk.get(path),
        desk.get(`${path}?start_date=2026-03-01`, mine.key),
      ]),
    )
    const text = all.map((answer) => answer.text).join('\n')
    for (const secret of ['Kín', '0987', 'nhãn kín', 'lời đáp', 'Lời của người khác'])
      expect(text).not.toContain(secret)
  })
})

describe('one report each', () => {
  test('200 at once of which a fifth are repeats make exactly the distinct ones', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const keys = Array.from({ length: 160 }, (_, at) => `ref-${at}`)
    const all = [...keys, ...keys.slice(0, 40)]
    const answers = await Promise.all(
      all.map((reference, at) =>
        at % 2 === 0
          ? desk.post(key, { ...sent, 'attribute[external_id]': reference })
          : desk.post(key, { ...sent, external_id: reference }),
      ),
    )
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 200)).toEqual([])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(160)
    const codeOf = new Map(all.map((reference, at) => [reference, answers[at]?.json()[0]?.service_request_id]))
    for (const [at, reference] of all.entries())
      expect(answers[at]?.json()[0]?.service_request_id).toBe(codeOf.get(reference))
    const rows = await reportsOf()
    expect([rows.length, new Set(rows.map(({ code }) => code)).size]).toEqual([160, 160])
    const [told] = await db
      .select({ n: count() })
      .from(events)
      .where(eq(events.actorId, rows[0]?.source.replace('client:', '') ?? ''))
    expect(told?.n).toBe(160)
  })

  test('the same Idempotency-Key is one report, of another client another one', async ({ desk, db }) => {
    const [mine, other] = [await partner(db), await partner(db)]
    const headers = { 'idempotency-key': randomUUID() }
    const made = await desk.post(mine.key, mine.sent, { headers })
    const again = await desk.post(mine.key, { ...mine.sent, description: 'Khác' }, { headers })
    expect([made.status, again.status, again.json()]).toEqual([201, 200, made.json()])
    expect((await desk.post(other.key, other.sent, { headers })).status).toBe(201)
    expect([await mine.reportsOf(), await other.reportsOf()].map(({ length }) => length)).toEqual([1, 1])
  })
})

describe('limits and faults', () => {
  test('a client sends no more reports on a day than it may, and a repeat does not count', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db, { reportsPerDay: 3 })
    const answers = await Promise.all(Array.from({ length: 8 }, () => desk.post(key, sent)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429])
    expect(await reportsOf()).toHaveLength(3)
    const repeating = await partner(db, { reportsPerDay: 1 })
    const sentTwice = { ...repeating.sent, external_id: 'a' }
    expect((await desk.post(repeating.key, sentTwice)).status).toBe(201)
    expect((await desk.post(repeating.key, sentTwice)).status).toBe(200)
    expect((await desk.post(repeating.key, repeating.sent)).status).toBe(429)
  })

  test('a client makes no more requests a minute than it may, and is told when to come back', async ({ desk, db }) => {
    const { key } = await partner(db, { requestsPerMinute: 2 })
    const answers = [await desk.get('services.json', key), await desk.get('services.json', key)]
    expect(answers.map(({ status, headers }) => [status, headers.get('ratelimit-remaining')])).toEqual([
      [200, '1'],
      [200, '0'],
    ])
    const third = await desk.get('services.xml', key)
    expect([third.status, Number(third.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect(xmlIn(third.text)).toMatchObject({ errors: { error: { code: '429' } } })
  })

  test('each fault has its entry in the list, in both formats, and leaves nothing', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const { service_code: _, ...nameless } = sent
    const { lat: __, long: ___, address_string: ____, ...nowhere } = sent
    const faults: [Record<string, string>, number, string][] = [
      [nameless, 400, 'service_code was not provided'],
      [{ ...sent, service_code: 'NONE' }, 404, 'service_code was not found'],
      [{ ...sent, jurisdiction_id: 'city.gov' }, 404, 'jurisdiction_id was not found'],
      [nowhere, 400, 'a location is needed: lat and long, or address_string'],
      [{ ...sent, lat: 'north' }, 400, 'lat and long must be decimal degrees, such as 21.0285 and 105.8542'],
      [{ ...sent, long: '' }, 400, 'lat and long must be decimal degrees, such as 21.0285 and 105.8542'],
      [{ ...sent, lat: '91' }, 400, 'lat and long must be decimal degrees, such as 21.0285 and 105.8542'],
      [{ ...sent, email: 'lan' }, 400, 'email is not an address'],
      [{ ...sent, description: 'a'.repeat(20_001) }, 400, 'description is too long'],
      [{ ...sent, 'attribute[occurred_at]': 'hôm qua' }, 400, 'attribute[occurred_at] must be a date and time'],
      [{ ...sent, external_id: 'a'.repeat(300) }, 400, 'external_id or Idempotency-Key is too long'],
    ]
    for (const [fields, status, description] of faults) {
      const refused = await desk.post(key, fields)
      expect([description, refused.status, refused.json()]).toEqual([
        description,
        status,
        [{ code: status, description }],
      ])
    }
    const xml = await desk.send('/open311/v2/requests.xml', {
      method: 'POST',
      headers: { 'x-api-key': key },
      body: new URLSearchParams(nowhere),
    })
    expect(xmlIn(xml.text)).toMatchObject({ errors: { error: { code: '400', description: expect.any(String) } } })
    expect(xml.headers.get('content-type')).toBe('text/xml; charset=utf-8')
    expect(await reportsOf()).toEqual([])
  })

  test('a photo that is none, too large or damaged makes no report', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const photo = await photoOf(400, 300)
    const many = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    const bodies: [string, Uint8Array[], number][] = [
      ['not an image', [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')], 400],
      ['damaged', [photo.subarray(0, photo.length / 2)], 400],
      ['too many pixels', [many], 400],
      ['two photos', [photo, photo], 400],
      ['too large', [Buffer.concat([photo, Buffer.alloc(photoLimits.bytes)])], 413],
    ]
    for (const [what, photos, status] of bodies) {
      const init = { method: 'POST', headers: { 'x-api-key': key }, body: formWith(sent, ...photos) }
      const refused = await desk.send('/open311/v2/requests.json', init)
      expect([what, refused.status, refused.json()[0]?.code]).toEqual([what, status, status])
    }
    // Refused after its photo was stored: the photo belongs to nothing and is deleted as any other that was not used.
    const late = formWith({ ...sent, service_code: 'NONE' }, await photoOf(31, 31))
    const init = { method: 'POST', headers: { 'x-api-key': key }, body: late }
    expect((await desk.send('/open311/v2/requests.json', init)).status).toBe(404)
    const left = await db.select({ at: files.attachedAt }).from(files).where(eq(files.width, 31))
    expect([await reportsOf(), left]).toEqual([[], [{ at: null }]])
    expect(await db.select().from(reportPhotos).innerJoin(reports, like(reports.source, 'x'))).toEqual([])
  })

  test('whatever arrives, the answer is a refusal of the standard and never a failure', async ({ desk, db }) => {
    const { key, reportsOf } = await partner(db)
    const headers = { 'x-api-key': key }
    const xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    const form = 'application/x-www-form-urlencoded'
    const multipart = 'multipart/form-data; boundary=x'
    const parts = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n'
    const posts: [string, string, BodyInit][] = [
      ['XML', 'text/xml', xml],
      ['JSON', 'application/json', '{"service_code":"1"}'],
      ['no type', '', 'a=b'],
      ['bad escapes', form, 'service_code=%ff%00%&lat=%u0041&long'],
      ['a long form', form, `description=${'a'.repeat(apiLimits.formBytes)}`],
      ['no boundary', 'multipart/form-data', 'x'],
      ['no end', multipart, '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb'],
      ['no parts', multipart, 'nothing'],
      ['many parts', multipart, `${parts.repeat(5000)}--x--`],
      ['many fields', form, 'attribute[a][b][c]=1&'.repeat(5000)],
      ['prototype', form, '__proto__[a]=1&constructor=2&attribute[__proto__]=3&toString=4'],
    ]
    for (const [what, type, body] of posts) {
      const sent = await desk.send('/open311/v2/requests.json', {
        method: 'POST',
        headers: { ...headers, ...(type && { 'content-type': type }) },
        body,
      })
      expect([what, sent.status >= 400 && sent.status < 500, Array.isArray(sent.json())]).toEqual([what, true, true])
    }
    for (const path of [
      ...['', '/', '/v2', '/v2/', '/v2/requests', '/v2/requests.csv', '/v3/services.json', '/v2/services/%2e%2e.json'],
      ...['/v2/requests/%25%00.json', '/v2/requests/%E0%A4%A.json', '/v2/tokens/a/b.json', '/v2/requests/..%2f..json'],
      ...[`/v2/requests/${'a'.repeat(4000)}.json`, '/v2/requests/x/photos/00000000-0000-0000-0000-00000000000z.jpg'],
      ...[
        '/v2/requests/x/photos/00000000-0000-0000-0000-000000000000.jpg',
        '/v2/requests/x/photos/------------------------------------.jpg',
      ],
    ]) {
      const { status, json } = await desk.send(`/open311${path}`, { headers })
      expect([path, status >= 400 && status < 500, Array.isArray(json())]).toEqual([path, true, true])
    }
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const { status, json } = await desk.send('/open311/v2/requests.json', { method, headers })
      expect([method, status, json()[0]?.code]).toEqual([method, 405, 405])
    }
    const asked = await desk.send('/open311/v2/requests.json', { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST'])
    expect((await desk.send('/open311/v2/services.json', { method: 'HEAD' })).text).toBe('')
    expect(await reportsOf()).toEqual([])
  })
})
