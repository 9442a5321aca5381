import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq, isNotNull } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { answerPhotos, events, files, reportAnswers, reporters } from '#db/schema/index.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { type Row, test, xmlIn } from '#server/http/testing/open311-desk.ts'
import { decomposed, formWith, partner, photoOf, words } from '#server/http/testing/open311-partner.ts'
import { storePhoto } from '#server/reports/commands/store-photo.ts'

const samples = join(import.meta.dirname, '../../../shared/data/real/open311-samples/spec-v2')
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
    // What the sending program fills in is no question to a citizen.
    const { attributes } = defined
    expect(
      attributes.map(({ code, datatype, variable, automated }: Row) => [code, datatype, variable, automated]),
    ).toEqual([
      ['title', 'string', false, 'server_set'],
      ['occurred_at', 'datetime', true, undefined],
      ['external_id', 'string', false, 'server_set'],
      ['fixmystreet_id', 'string', false, 'server_set'],
    ])
    expect(xmlIn((await desk.get(`services/${category.code}.xml`)).text)).toMatchObject({
      service_definition: {
        service_code: category.code,
        attributes: { attribute: [{ variable: 'false', automated: 'server_set' }, { variable: 'true' }, {}, {}] },
      },
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
    expect([inAddress.status, inForm.status, told.sort()]).toEqual([201, 200, codes])
  })

  test('a photo is stored without its hidden data, and only the key that sent it sees it', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const body = formWith({ ...sent, api_key: key, 'attribute[title]': 'Cây đổ phố Lò Đúc' }, await photoOf())
    const made = await desk.send('/open311/v2/requests.json', { method: 'POST', body })
    expect(made.status).toBe(200)
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

  test('the photo of an answer is that of its update, for the key that sent the report', async ({ desk, db }) => {
    const [mine, stranger] = [await partner(db), await partner(db)]
    const report = await buildReport(db, { state: 'answered', source: sourceOf(mine.id) })
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, report.id))
    const acting = { db, actor: robot, now: () => new Date() }
    const { fileId } = await storePhoto(acting, 'report_photo', await photoOf(), desk.store)
    await db.insert(answerPhotos).values({ answerId: answer?.id ?? '', fileId })
    const updates = await desk.get(`servicerequestupdates.json?service_request_id=${report.code}`, mine.key)
    const [{ media_url: url } = {}] = updates.json()
    expect(url).toBe(`${desk.origin}/open311/v2/requests/${report.code}/photos/${fileId}.jpg`)
    const statusOf = async (key?: string) =>
      (await fetch(String(url), { headers: key ? { 'x-api-key': key } : {} })).status
    expect([await statusOf(mine.key), await statusOf(stranger.key), await statusOf()]).toEqual([200, 404, 403])
    await db.update(reportAnswers).set({ status: 'queued', sentAt: null }).where(eq(reportAnswers.reportId, report.id))
    expect(await statusOf(mine.key)).toBe(404)
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
