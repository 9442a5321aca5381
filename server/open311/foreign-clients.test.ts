import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { reportAnswers, reportMessages, reportPhotos } from '#db/schema/index.ts'
import { makeReadingKey } from '#server/api-clients/commands/keep-clients.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { test, xmlIn } from '#server/http/testing/open311-desk.ts'
import { partner, photoOf, words } from '#server/http/testing/open311-partner.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'

type Part = { name: string; headers?: string; file?: string; type?: string; content: string | Uint8Array }

/** A body written as these programs write it: order, quotes and headers of the parts are theirs. */
function bodyOf(boundary: string, parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const pieces = parts.flatMap(({ name, headers = '', file, type, content }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}\r\n`,
    `${type ? `Content-Type: ${type}\r\n` : ''}${headers}\r\n`,
    content,
    '\r\n',
  ])
  return new Uint8Array(Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece))))
}

/** A valid photo with more bytes than are read of a form before its key is known. */
async function phonePhoto(width: number): Promise<Buffer> {
  return Buffer.concat([await photoOf(width, 300), Buffer.alloc(2 * apiLimits.formBytes)])
}

const photosOf = (db: Database, reportId: number) =>
  db.select().from(reportPhotos).where(eq(reportPhotos.reportId, reportId))

/**
 * FixMyStreet by LWP, whose fields are in the arbitrary order of a Perl hash. Photos, where an installation uploads
 * them, come after the fields; usually there are only their addresses in `media_url`.
 */
function fixMyStreet(fields: Record<string, string>, photos: readonly Uint8Array[] = []) {
  if (photos.length === 0) return { body: new URLSearchParams(fields) }
  const parts = [
    ...Object.entries(fields).map(([name, content]) => ({ name, content })),
    ...photos.map((content, at) => ({ name: `photo${at + 1}`, file: `${at}.jpeg`, type: 'image/jpeg', content })),
  ]
  return { headers: { 'content-type': 'multipart/form-data; boundary=xYzZY' }, body: bodyOf('xYzZY', parts) }
}

describe('FixMyStreet', () => {
  const problem = { title: words, detail: 'Chắn nửa đường.', url: 'https://fixmystreet.example/report/4711' }
  const sentBy = (key: string, serviceCode: string) => ({
    last_name: 'Lan',
    lat: '21.0145',
    'attribute[fixmystreet_id]': '4711',
    description: `${problem.title}\n\n${problem.detail}\n\n${problem.url}\n`,
    api_key: key,
    service_code: serviceCode,
    long: '105.8556',
    email: 'lan@example.org',
    first_name: 'Thị',
  })

  test('asks its users for nothing that it fills in itself, and sends its number, so that a report comes once', async ({
    desk,
    db,
  }) => {
    const { key, category, reportsOf } = await partner(db)
    const { text } = await desk.send(`/open311/v2/services/${category.code}.xml`)
    const { service_definition: defined } = xmlIn(text) as {
      service_definition: { attributes: { attribute: Record<string, string>[] } }
    }
    const { attribute: attributes } = defined.attributes
    // Its `get_metadata_for_input` and `id_field`.
    const asked = attributes.filter(({ automated }) => automated !== 'server_set').map(({ code }) => code)
    expect(asked).toEqual(['occurred_at'])
    expect(attributes.map(({ code }) => code)).toContain('fixmystreet_id')
    const send = () =>
      desk.send('/open311/v2/requests.xml', { method: 'POST', ...fixMyStreet(sentBy(key, category.code)) })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text])
    expect(await reportsOf()).toMatchObject([{ title: words, sourceKey: 'reference 4711' }])
  })

  test('sends two photos of a phone, and its key only in the form', async ({ desk, db }) => {
    const { key, category, reportsOf } = await partner(db)
    const sending = fixMyStreet(sentBy(key, category.code), [await phonePhoto(400), await phonePhoto(401)])
    const answer = await desk.send('/open311/v2/requests.xml', { method: 'POST', ...sending })
    const [report] = await reportsOf()
    expect([answer.status, xmlIn(answer.text)]).toMatchObject([
      200,
      { service_requests: { request: { service_request_id: report?.code } } },
    ])
    expect(report).toMatchObject({ title: words, photoCount: 2 })
    expect(await photosOf(db, report?.id ?? 0)).toHaveLength(2)
  })

  test('sends what its users add with a status of its own, with a photo or without', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const [{ service_request_id: code = '' } = {}] = (await desk.post(key, sent)).json() as Record<string, string>[]
    const update = (status: string, description: string, photos: readonly Uint8Array[] = []) => {
      const fields = {
        updated_datetime: '2026-12-03T17:00:00+07:00',
        status,
        api_key: key,
        description,
        update_id: '17',
        last_name: '-',
        service_request_id: code,
        first_name: 'Lan',
        email: 'lan@example.org',
      }
      return desk.send('/open311/v2/servicerequestupdates.xml', { method: 'POST', ...fixMyStreet(fields, photos) })
    }
    const answers = [
      await update('OPEN', 'Vẫn chưa dọn, xem ảnh', [await phonePhoto(402)]),
      await update('INVESTIGATING', 'Phường đang xem'),
      await update('REOPEN', 'Lại đổ'),
      await update('CLOSED', ''),
    ]
    for (const { status, text } of answers)
      expect([status, xmlIn(text)]).toMatchObject([
        200,
        { service_request_updates: { request_update: { update_id: expect.stringMatching(/./) } } },
      ])
    const [report] = await reportsOf()
    expect(report).toMatchObject({ photoCount: 1, state: 'awaiting_intake' })
    const said = await db
      .select({ body: reportMessages.body })
      .from(reportMessages)
      .where(eq(reportMessages.reportId, report?.id ?? 0))
      .orderBy(reportMessages.createdAt)
    const line = 'Trạng thái do hệ thống gửi ghi:'
    expect(said.map(({ body }) => body)).toEqual([
      'Vẫn chưa dọn, xem ảnh',
      `Phường đang xem\n\n${line} INVESTIGATING`,
      `Lại đổ\n\n${line} REOPEN`,
      `${line} CLOSED`,
    ])
  })

  test('takes no refusal and nothing of others for fixed, once it is set to extended statuses', async ({
    desk,
    db,
  }) => {
    const ends = [
      [{ state: 'answered' }, {}, 'fixed - council', 'fixed - council'],
      [{ state: 'answered' }, { outcome: 'planned', plannedFor: '2026-12-20' }, 'confirmed', 'action scheduled'],
      [{ state: 'answered' }, { outcome: 'nothing_found' }, 'fixed - council', 'unable to fix'],
      [{ state: 'answered' }, { outcome: 'not_ours', referredTo: 'Sở' }, 'fixed - council', 'not responsible'],
      [{ state: 'rejected', rejectReason: 'out_of_scope' }, null, 'fixed - council', 'not responsible'],
      [{ state: 'rejected', rejectReason: 'insufficient' }, null, 'fixed - council', 'unable to fix'],
    ] as const
    /** Its `map_state`. */
    const stateOf = (status: string, isExtended: boolean) => {
      const read = status.toLowerCase().replaceAll('_', ' ')
      const known: Record<string, string> = {
        fixed: 'fixed - council',
        'not councils responsibility': 'not responsible',
        'no further action': 'unable to fix',
        open: 'confirmed',
        closed: isExtended ? 'closed' : 'fixed - council',
      }
      return known[read] ?? read
    }
    for (const isExtended of [false, true]) {
      const { key, id: clientId } = await partner(db, { extendedStatuses: isExtended })
      for (const [wanted, outcome, plain, extended] of ends) {
        const { id, code } = await buildReport(db, { ...wanted, source: sourceOf(clientId) })
        if (outcome && 'outcome' in outcome)
          await db.update(reportAnswers).set(outcome).where(eq(reportAnswers.reportId, id))
        const { text } = await desk.send(
          `/open311/v2/servicerequestupdates.xml?api_key=${key}&service_request_id=${code}`,
        )
        const { service_requests_updates: list } = xmlIn(text) as {
          service_requests_updates: { request_update: { status: string } }
        }
        const { status } = list.request_update
        const state = isExtended ? extended : plain
        expect([wanted, outcome, stateOf(status, isExtended)]).toEqual([wanted, outcome, state])
        // A request is open or closed for everyone.
        const [request] = (await desk.get(`requests/${code}.json`, key)).json()
        expect(request?.status).toBe(plain === 'confirmed' ? 'open' : 'closed')
      }
    }
  })

  test('is told that a photo which it only names was not fetched', async ({ desk, db }) => {
    const { key, sent } = await partner(db)
    const made = await desk.post(key, { ...sent, media_url: 'https://fixmystreet.example/photo/1.0.jpeg' })
    expect([made.status, made.json()[0]?.service_notice]).toEqual([
      201,
      'Ảnh ở địa chỉ media_url chưa được tải về. Hãy gửi ảnh dạng tệp trong biểu mẫu.',
    ])
  })
})

describe('GeoReporter', () => {
  const fieldsOf = (key: string, serviceCode: string) => ({
    service_code: serviceCode,
    jurisdiction_id: 'hanoi.gov.vn',
    api_key: key,
    lat: '21.0145',
    long: '105.8556',
    address_string: '73 Lo Duc',
    device_id: 'c0ffee',
  })
  const description = 'Cay do chan ngang pho Lo Duc'

  test('on Android sends parts with types of their own, the photo in the middle, and takes only 200 for success', async ({
    desk,
    db,
  }) => {
    const { key, category, reportsOf } = await partner(db)
    const encoding = 'Content-Transfer-Encoding: 8bit\r\n'
    const typed = { type: 'text/plain; charset=US-ASCII', headers: encoding }
    const parts: Part[] = [
      ...Object.entries(fieldsOf(key, category.code)).map(([name, content]) => ({ name, content, ...typed })),
      {
        ...{ name: 'media', file: 'media.png', type: 'application/octet-stream', content: await phonePhoto(403) },
        headers: 'Content-Transfer-Encoding: binary\r\n',
      },
      { name: 'description', content: description, ...typed },
    ]
    const answer = await desk.send('/open311/v2/requests.json', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=aBc-1_2' },
      body: bodyOf('aBc-1_2', parts),
    })
    expect([answer.status, await reportsOf()]).toMatchObject([200, [{ body: description, photoCount: 1 }]])
  })

  test('on iOS sends its fields plainly, with the photo last', async ({ desk, db }) => {
    const { key, category, reportsOf } = await partner(db)
    const fields = { ...fieldsOf(key, category.code), description: words }
    const media = { name: 'media', file: 'media.png', type: 'image/png', content: await phonePhoto(404) }
    const parts: Part[] = [...Object.entries(fields).map(([name, content]) => ({ name, content })), media]
    const answer = await desk.send('/open311/v2/requests.json', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=Boundary+0xAbCdEfGbOuNdArY' },
      body: bodyOf('Boundary+0xAbCdEfGbOuNdArY', parts),
    })
    expect([answer.status, await reportsOf()]).toMatchObject([200, [{ body: words, photoCount: 1 }]])
  })
})

test('the npm client open311 sends its key only with a form, and follows its reports by the key in its endpoint', async ({
  desk,
  db,
}) => {
  const { key, id, category } = await partner(db)
  const admin = { db, actor: await buildActor(db, 'admin'), now: () => new Date() }
  const reading = await makeReadingKey(admin, { id, version: 1, overlapHours: 0, keyDays: 30 })
  // Its `serviceDiscovery`, `submitRequest` and `serviceRequests`.
  const { endpoints } = (await (await fetch(`${desk.origin}/open311/v2/k/${reading.key}/discovery.json`)).json()) as {
    endpoints: { url: string; specification: string }[]
  }
  const endpoint = `${endpoints.find(({ specification }) => specification.endsWith('GeoReport_v2'))?.url}/`
  const jurisdiction = '?jurisdiction_id=hanoi.gov.vn'
  const form = new URLSearchParams({ service_code: category.code, address_string: '73 phố Lò Đúc', description: words })
  form.set('api_key', key)
  form.set('attribute[title]', words)
  const made = await fetch(`${endpoint}requests.json${jurisdiction}`, { method: 'POST', body: form })
  const [{ service_request_id: code }] = (await made.json()) as [{ service_request_id: string }]
  const read = async (path: string) => (await fetch(`${endpoint}${path}`)).json() as Promise<Record<string, unknown>[]>
  expect(made.status).toBeLessThan(300)
  expect(await read(`requests/${code}.json${jurisdiction}`)).toMatchObject([{ description: words, status: 'open' }])
  expect(await read(`requests.json${jurisdiction}&service_request_id=${code}`)).toHaveLength(1)
  expect(await read(`tokens/${code}.json${jurisdiction}`)).toMatchObject([{ service_request_id: code }])
})

test('a client that knows only HTTP Basic follows its own reports, with the key as user or as password', async ({
  desk,
  db,
}) => {
  const { key, sent } = await partner(db)
  const [{ service_request_id: code } = {}] = (await desk.post(key, sent)).json()
  const codes = async (pair?: string) => {
    const headers = pair ? { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } : undefined
    const { status, json } = await desk.send('/open311/v2/requests.json', { headers })
    return status === 200 ? json().map((request) => request.service_request_id) : status
  }
  expect(await codes(`${key}:`)).toEqual([code])
  expect(await codes(`fixmystreet:${key}`)).toEqual([code])
  expect([await codes('fixmystreet:secret'), await codes()]).toEqual([403, []])
})
