import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { reportPhotos } from '#db/schema/index.ts'
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

/** FixMyStreet by LWP: the key first among the fields, the photos after them. */
function fixMyStreet(fields: Record<string, string>, photos: readonly Uint8Array[]) {
  const parts = [
    ...Object.entries(fields).map(([name, content]) => ({ name, content })),
    ...photos.map((content, at) => ({ name: `photo${at + 1}`, file: `${at}.jpeg`, type: 'image/jpeg', content })),
  ]
  return { headers: { 'content-type': 'multipart/form-data; boundary=xYzZY' }, body: bodyOf('xYzZY', parts) }
}

describe('FixMyStreet', () => {
  test('sends a report with two photos of a phone, and its key only in the form', async ({ desk, db }) => {
    const { key, category, reportsOf } = await partner(db)
    const fields = {
      jurisdiction_id: '',
      api_key: key,
      lat: '21.0145',
      long: '105.8556',
      email: 'lan@example.org',
      description: `title: ${words}\r\n\r\ndetail: ${words}\r\n\r\nSubmitted via FixMyStreet\r\n`,
      service_code: category.code,
      first_name: 'Thị',
      last_name: 'Lan',
      'attribute[title]': words,
      'attribute[external_id]': '4711',
    }
    const sending = fixMyStreet(fields, [await phonePhoto(400), await phonePhoto(401)])
    const answer = await desk.send('/open311/v2/requests.xml', { method: 'POST', ...sending })
    const [report] = await reportsOf()
    expect([answer.status, xmlIn(answer.text)]).toMatchObject([
      201,
      { service_requests: { request: { service_request_id: report?.code } } },
    ])
    expect(report).toMatchObject({ title: words, photoCount: 2 })
    expect(await photosOf(db, report?.id ?? 0)).toHaveLength(2)
  })

  test('sends an update with a photo', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const [{ service_request_id: code = '' } = {}] = (await desk.post(key, sent)).json() as Record<string, string>[]
    const fields = { api_key: key, service_request_id: code, description: 'Vẫn chưa dọn, xem ảnh', update_id: '17' }
    const answer = await desk.send('/open311/v2/servicerequestupdates.xml', {
      method: 'POST',
      ...fixMyStreet(fields, [await phonePhoto(402)]),
    })
    expect([answer.status, (await reportsOf())[0]?.photoCount]).toEqual([200, 1])
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

test('GeoReporter sends its key and a photo in one form, each field with a type of its own', async ({ desk, db }) => {
  const { key, category, reportsOf } = await partner(db)
  const fields = {
    jurisdiction_id: 'hanoi.gov.vn',
    api_key: key,
    service_code: category.code,
    lat: '21.0145',
    long: '105.8556',
    address_string: '73 phố Lò Đúc',
    device_id: 'c0ffee',
    description: words,
  }
  const encoding = 'Content-Transfer-Encoding: 8bit\r\n'
  const parts: Part[] = Object.entries(fields).map(([name, content]) => ({
    name,
    content,
    type: 'text/plain; charset=UTF-8',
    headers: encoding,
  }))
  const media = { file: 'media.png', type: 'image/png', headers: 'Content-Transfer-Encoding: binary\r\n' }
  const body = bodyOf('aBc-1_2', [...parts, { name: 'media', content: await phonePhoto(403), ...media }])
  const answer = await desk.send('/open311/v2/requests.json', {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=aBc-1_2; charset=UTF-8' },
    body,
  })
  expect([answer.status, await reportsOf()]).toMatchObject([201, [{ body: words, photoCount: 1 }]])
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
