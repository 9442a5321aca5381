import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect, vi } from 'vitest'
import { publicationCopies } from '#db/schema/index.ts'
import { test } from '#server/http/testing/open311-desk.ts'
import { formWith, partner, photoOf } from '#server/http/testing/open311-partner.ts'
import { drawInTurn } from '#server/platform/one-at-a-time.ts'
import { apiLimits, uploadLimits } from '#server/platform/rules/limits.ts'

const path = '/open311/v2/requests.json'

describe('photos at once', () => {
  test('hold the place of their client until they are stored', async ({ desk, db }) => {
    const { key, sent } = await partner(db)
    const photos = await Promise.all(
      Array.from({ length: apiLimits.photos.perClient + 1 }, (_, at) => photoOf(70 + at)),
    )
    const post = (photo: Uint8Array, init: RequestInit = {}) =>
      desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body: formWith(sent, photo), ...init })
    const [stored, write] = [Promise.withResolvers<void>(), desk.store.write]
    let writing = 0
    desk.store.write = async (name, bytes) => {
      writing++
      await stored.promise
      return write(name, bytes)
    }
    const [last = new Uint8Array(), ...first] = photos
    const sending = first.map((photo) => post(photo))
    try {
      await vi.waitFor(() => expect(writing).toBe(first.length), 10_000)
      const { status, json } = await post(last, { signal: AbortSignal.timeout(5000) })
      expect([status, json()[0]?.description]).toEqual([429, 'too many photos at the same time: try again'])
    } finally {
      stored.resolve()
      desk.store.write = write
    }
    expect((await Promise.all(sending)).map(({ status }) => status)).toEqual(first.map(() => 201))
    expect((await post(last)).status).toBe(201)
  })

  test('leave the places of staff in the queue of those that are drawn', async ({ desk, db }) => {
    const { key, sent } = await partner(db)
    const drawing = Promise.withResolvers<void>()
    // What the process still draws for another test would take the last place.
    await drawInTurn(async () => undefined)
    // One is drawn and all places but one are taken.
    const ofStaff = Array.from({ length: uploadLimits.waiting }, () => drawInTurn(() => drawing.promise))
    const photos = await Promise.all(Array.from({ length: apiLimits.photos.perClient }, (_, at) => photoOf(90 + at)))
    const sending = photos.map((photo) =>
      desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body: formWith(sent, photo) }),
    )
    try {
      // Refused while the six are here: those that found no place would be answered before.
      const seventh = () => desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body: formWith(sent) })
      await vi.waitFor(async () => expect((await seventh()).status).toBe(429), 10_000)
    } finally {
      drawing.resolve()
      await Promise.all(ofStaff)
    }
    expect((await Promise.all(sending)).map(({ status }) => status)).toEqual(photos.map(() => 201))
  })
})

describe('a form', () => {
  test('without a key counts for its address before it is read, also where it cannot be read', async ({ desk, db }) => {
    const { key, sent } = await partner(db)
    const from = (address: string, body: BodyInit, type?: string) =>
      desk.send(path, {
        method: 'POST',
        headers: { 'x-forwarded-for': address, ...(type && { 'content-type': type }) },
        body,
      })
    const statuses: number[] = []
    for (let at = 0; at < apiLimits.anonymous.requests; at += 50) {
      const some = await Promise.all(Array.from({ length: 50 }, () => from('203.0.113.7', '{}', 'application/json')))
      statuses.push(...some.map(({ status }) => status))
    }
    expect(new Set(statuses)).toEqual(new Set([400]))
    const refused = await from('203.0.113.7', '{}', 'application/json')
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
    // One that names its key counts for its client alone.
    for (let at = 0; at <= apiLimits.anonymous.requests; at += 50) {
      const forms = Array.from({ length: 50 }, (_, n) =>
        from('203.0.113.8', new URLSearchParams({ ...sent, service_code: `NONE-${at + n}`, api_key: key })),
      )
      statuses.push(...(await Promise.all(forms)).map(({ status }) => status))
    }
    expect(statuses).toContain(404)
    expect((await from('203.0.113.8', '{}', 'application/json')).status).toBe(400)
  })

  test('has one boundary, by which its parts are counted', async ({ desk, db }) => {
    const { key, sent } = await partner(db)
    const boundary = 'a'.repeat(30)
    const part = `--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n`
    const send = async (parameters: string, body: string) => {
      const headers = { 'x-api-key': key, 'content-type': `multipart/form-data${parameters}` }
      const { status, json } = await desk.send(path, { method: 'POST', headers, body })
      return [status, json()[0]?.description]
    }
    const many = `${part.repeat(70)}--${boundary}--\r\n`
    const tooMany = [400, 'the form may have at most 64 parts']
    expect(await send(`; boundary=${boundary}`, many)).toEqual(tooMany)
    expect(await send(`; xboundary=zzzz; boundary=${boundary}`, many)).toEqual(tooMany)
    expect(await send(`; x="; boundary=zzzz"; Boundary="${boundary}"`, many)).toEqual(tooMany)
    const refused = [400, 'the Content-Type must name one boundary']
    for (const parameters of [
      ...['', ';', '; charset=utf-8', `; boundary=zzzz; boundary=${boundary}`, `; x="; boundary=${boundary}`],
      ...[
        `; boundary="a\\"; boundary=${boundary}`,
        `;boundary=""; x=${boundary}`,
        `; x, text/plain; boundary=${boundary}`,
      ],
    ])
      expect([parameters, await send(parameters, many)]).toEqual([parameters, refused])
    const fields = Object.entries(sent).map(
      ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    expect((await send(`; boundary=${boundary}; charset=utf-8`, `${fields.join('')}--${boundary}--\r\n`))[0]).toBe(201)
  })
})

/** Larger than what is read of a form before its key is known. */
async function largePhoto(): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const photo = await sharp({ create: { width: 900, height: 900, channels: 3, background: '#fff', noise } })
    .jpeg({ quality: 95 })
    .toBuffer()
  expect(photo.length).toBeGreaterThan(2 * apiLimits.formBytes)
  return photo
}

test('a form with a large photo names its key before its photo', async ({ desk, db }) => {
  const { key, sent, reportsOf } = await partner(db)
  const photo = await largePhoto()
  const post = async (form: FormData, headers: Record<string, string> = {}) => {
    const answer = await desk.send(path, { method: 'POST', headers, body: form })
    return [answer.status, answer.json()[0]?.description]
  }
  const keyLast = formWith(sent, photo)
  keyLast.append('api_key', key)
  const order = 'the request is too large: in a form api_key comes before the photos; or send it in a header'
  expect([await post(keyLast), await reportsOf()]).toEqual([[413, order], []])
  const wrongKey = formWith({ api_key: key.replace(/.$/, key.endsWith('A') ? 'B' : 'A'), ...sent }, photo)
  expect(await post(wrongKey)).toEqual([403, 'api_key is missing, or is not valid'])
  expect((await post(formWith({ ...sent, api_key: key }, photo)))[0]).toBe(200)
  expect((await post(formWith(sent, photo), { 'x-api-key': key }))[0]).toBe(201)
  const small = formWith({ ...sent, external_id: 'small' }, await photoOf(55))
  small.append('api_key', key)
  expect((await post(small))[0]).toBe(200)
  expect((await reportsOf()).map(({ photoCount }) => photoCount)).toEqual([1, 1, 1])
})

describe('lists without a key', () => {
  test('are short', async ({ desk, db }) => {
    const { key } = await partner(db)
    const { requests, deepest } = apiLimits.listWithoutKey
    const status = async (query: string, as?: string) => (await desk.get(`requests.json?${query}`, as)).status
    expect(await status(`page_size=1000&page=${deepest / requests}`)).toBe(200)
    expect(await status(`page_size=1000&page=${deepest / requests + 1}`)).toBe(400)
    expect(await status(`page_size=100&page=${deepest / requests + 1}`, key)).toBe(200)
  })

  test('are a few at once, so that all others find a connection', async ({ desk, db }) => {
    const { key } = await partner(db)
    const { atOnce } = apiLimits.listWithoutKey
    const [locked, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const locking = db.transaction(async (tx) => {
      await tx.execute(sql`lock table ${publicationCopies} in access exclusive mode`)
      locked.resolve()
      await done.promise
    })
    await locked.promise
    const asking = Array.from({ length: atOnce + 1 }, () => desk.get('requests.json'))
    try {
      const first = await Promise.race(asking)
      expect([first.status, first.json()[0]?.description]).toEqual([503, expect.stringContaining('try again')])
      expect((await desk.get('services.json', key)).status).toBe(200)
    } finally {
      done.resolve()
      await locking
    }
    const statuses = (await Promise.all(asking)).map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(atOnce).fill(200), 503])
  })
})

test('an address that has spent its requests without a valid key is refused before its key is looked up', async ({
  desk,
  db,
}) => {
  const { key } = await partner(db)
  const get = async (address: string, as: string) =>
    (await desk.send('/open311/v2/services.json', { headers: { 'x-forwarded-for': address, 'x-api-key': as } })).status
  for (let at = 0; at < apiLimits.anonymous.requests; at += 50)
    await Promise.all(Array.from({ length: 50 }, (_, n) => get('203.0.113.9', `ihd_00000000_${at + n}`)))
  expect(await Promise.all([get('203.0.113.9', key), get('203.0.113.10', key)])).toEqual([429, 200])
})
