import { randomUUID } from 'node:crypto'
import { between, count, eq, like, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect, onTestFinished, vi } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { events, files, reportPhotos, reports } from '#db/schema/index.ts'
import { type Answer, test, xmlIn } from '#server/http/testing/open311-desk.ts'
import { formWith, partner, photoOf } from '#server/http/testing/open311-partner.ts'
import { environment } from '#server/platform/environment.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'

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

  test('a report that FixMyStreet sends again, known by its own number, is answered with the first', async ({
    desk,
    db,
  }) => {
    const { key, sent, reportsOf } = await partner(db)
    const fixMyStreet = {
      ...sent,
      'attribute[fixmystreet_id]': '4711',
      'attribute[title]': 'Ổ gà trước cổng chợ',
      'attribute[easting]': '588123',
      'attribute[northing]': '2325410',
    }
    const first = await desk.post(key, fixMyStreet)
    const second = await desk.post(key, fixMyStreet)
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.json()).toMatchObject([{ service_request_id: first.json()[0]?.service_request_id }])
    expect((await desk.post(key, { ...fixMyStreet, 'attribute[fixmystreet_id]': '4712' })).status).toBe(201)
    expect(await reportsOf()).toHaveLength(2)
  })

  test('a report in progress does not lock the count of its client before its last write', async ({
    desk,
    db,
    databaseUrl,
  }) => {
    const { id, key, sent, reportsOf } = await partner(db)
    expect((await desk.post(key, sent)).status).toBe(201)
    const other = connect(databaseUrl, { max: 1 })
    onTestFinished(() => other.close())
    let waiting: Promise<Answer> | undefined
    await other.db.transaction(async (tx) => {
      await tx.execute(sql`select from report_codes for update`)
      waiting = desk.post(key, sent)
      await vi.waitFor(async () => {
        const held = await tx.execute(sql`select from pg_locks where pg_backend_pid() = any(pg_blocking_pids(pid))`)
        expect(held.length).toBeGreaterThan(0)
      }, 10_000)
      const day = await tx.execute(sql`select reports from api_client_days where client_id = ${id} for update nowait`)
      expect([...day]).toEqual([{ reports: 1 }])
    })
    expect((await waiting)?.status).toBe(201)
    expect(await reportsOf()).toHaveLength(2)
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

const path = '/open311/v2/requests.json'

describe('a photo', () => {
  const drawn = (db: Database, from: number, to: number) =>
    db
      .select({ sha256: files.sha256, attachedAt: files.attachedAt })
      .from(files)
      .where(between(files.width, from, to))

  test('is not stored with a report that is known, nor beyond the reports of the day', async ({ desk, db }) => {
    const { key, sent } = await partner(db, { reportsPerDay: 1 })
    const post = async (width: number, fields: Record<string, string>) => {
      const body = formWith({ ...sent, ...fields }, await photoOf(width, 20))
      return (await desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body })).status
    }
    const write = desk.store.write
    let written = 0
    desk.store.write = (name, bytes) => {
      written++
      return write(name, bytes)
    }
    try {
      expect(await post(110, { external_id: 'a' })).toBe(201)
      const once = written
      expect(await post(111, { external_id: 'a' })).toBe(200)
      expect(await post(112, { external_id: 'b' })).toBe(429)
      expect(await post(113, { external_id: 'c', service_code: 'NONE' })).toBe(404)
      expect(written).toBe(once)
    } finally {
      desk.store.write = write
    }
    expect(await drawn(db, 110, 113)).toHaveLength(1)
  })

  test('is deleted where its report is refused, or known, after it was stored', async ({ desk, db }) => {
    const [day, again] = [await partner(db, { reportsPerDay: 1 }), await partner(db)]
    const photos = await Promise.all(Array.from({ length: 5 }, (_, at) => photoOf(120 + at, 20)))
    const send = (key: string, fields: Record<string, string>) =>
      Promise.all(
        photos.map(async (photo) => {
          const body = formWith(fields, photo)
          return (await desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body })).status
        }),
      )
    const keys: string[] = []
    const write = desk.store.write
    desk.store.write = (name, bytes) => {
      keys.push(name)
      return write(name, bytes)
    }
    try {
      expect((await send(day.key, day.sent)).sort()).toEqual([201, 429, 429, 429, 429])
      // Those that were refused are drawn again; the one that was kept is known.
      expect((await send(again.key, { ...again.sent, external_id: 'a' })).sort()).toEqual([200, 200, 200, 200, 201])
    } finally {
      desk.store.write = write
    }
    const kept = await drawn(db, 120, 124)
    expect(kept.every(({ attachedAt }) => attachedAt !== null)).toBe(true)
    for (const name of new Set(keys)) {
      const file = await desk.store.read(name)
      file?.stream.destroy()
      expect([name, file !== null]).toEqual([name, kept.some(({ sha256 }) => name.includes(sha256))])
    }
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
      ['too many photos', Array(apiLimits.photos.perReport + 1).fill(photo), 400],
      ['too large', [Buffer.concat([photo, Buffer.alloc(photoLimits.bytes)])], 413],
    ]
    for (const [what, photos, status] of bodies) {
      const init = { method: 'POST', headers: { 'x-api-key': key }, body: formWith(sent, ...photos) }
      const refused = await desk.send('/open311/v2/requests.json', init)
      expect([what, refused.status, refused.json()[0]?.code]).toEqual([what, status, status])
    }
    // What refuses the report is known before its photo is drawn.
    const late = formWith({ ...sent, service_code: 'NONE' }, await photoOf(31, 31))
    const init = { method: 'POST', headers: { 'x-api-key': key }, body: late }
    expect((await desk.send('/open311/v2/requests.json', init)).status).toBe(404)
    const left = await db.select({ at: files.attachedAt }).from(files).where(eq(files.width, 31))
    expect([await reportsOf(), left]).toEqual([[], []])
    expect(await db.select().from(reportPhotos).innerJoin(reports, like(reports.source, 'x'))).toEqual([])
  })

  test('a photo that the virus scanner refuses is a fault of the request', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    environment().avCommand = 'false'
    onTestFinished(() => {
      environment().avCommand = undefined
    })
    const body = formWith(sent, await photoOf(130, 20))
    const { status, json } = await desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body })
    expect([status, json()]).toEqual([400, [{ code: 400, description: 'the photo is refused by the virus scanner' }]])
    expect(await reportsOf()).toEqual([])
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
