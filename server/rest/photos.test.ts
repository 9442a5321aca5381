import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { answerPhotos, files, reportAnswers, reportPhotos } from '#db/schema/index.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { partner, photoOf } from '#server/http/testing/open311-partner.ts'
import { test } from '#server/http/testing/rest-desk.ts'
import type { FileStore } from '#server/platform/files.ts'
import { publishCopy } from '#server/publication/commands/review-copy.ts'
import { copyOfReport } from '#server/publication/queries/copies.ts'
import { storePhoto } from '#server/reports/commands/store-photo.ts'

const now = () => new Date()

/** An answered report of the source with a photo of the citizen and a proof photo, which was sent. */
async function buildAnswered(db: Database, source: string, store: FileStore) {
  const report = await buildReport(db, { state: 'answered', source, title: 'Cây đổ', body: 'Cây đổ chắn đường' })
  const stored = async (width: number) =>
    (await storePhoto({ db, actor: robot, now }, 'report_photo', await photoOf(width), store)).fileId
  const [sentId, proofId] = [await stored(70), await stored(90)]
  const hung = { reportId: report.id, addedAt: now() }
  await db.insert(reportPhotos).values([
    { ...hung, fileId: sentId, kind: 'citizen', position: 0 },
    { ...hung, fileId: proofId, kind: 'proof', position: 1 },
  ])
  const ofReport = eq(reportAnswers.reportId, report.id)
  const [answer] = await db.select().from(reportAnswers).where(ofReport)
  await db.insert(answerPhotos).values({ answerId: answer?.id ?? '', fileId: proofId })
  const unsend = () => db.update(reportAnswers).set({ status: 'queued', sentAt: null }).where(ofReport)
  return { report, sentId, proofId, unsend }
}

describe('the photos of a report', () => {
  test('are there for the key that sent it: the citizen’s, and those of answers that were sent', async ({
    api,
    desk,
    db,
  }) => {
    const [mine, stranger] = [await partner(db), await partner(db)]
    const { report, sentId, proofId, unsend } = await buildAnswered(db, sourceOf(mine.id), desk.store)
    const { body } = await api('GET', `/reports/${report.code}`, { key: mine.key })
    const address = `${desk.origin}/api/v1/reports/${report.code}/photos`
    expect(body.photos).toEqual([{ id: sentId, url: `${address}/${sentId}`, width: 70, height: 40 }])
    expect(body.answers[0].photos).toEqual([{ id: proofId, url: `${address}/${proofId}`, width: 90, height: 40 }])
    const ask = (url: string, key?: string, headers: Record<string, string> = {}) =>
      fetch(url, { headers: { ...(key && { 'x-api-key': key }), ...headers } })
    for (const [url, width] of [
      [`${address}/${sentId}`, 70],
      [`${address}/${proofId}`, 90],
    ] as const) {
      const shown = await ask(url, mine.key, { accept: 'image/*' })
      expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
      const found = await sharp(Buffer.from(await shown.arrayBuffer())).metadata()
      expect([found.width, found.exif]).toEqual([width, undefined])
      const again = await ask(url, mine.key, { 'if-none-match': shown.headers.get('etag') ?? '' })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect([(await ask(url, stranger.key)).status, (await ask(url)).status]).toEqual([404, 401])
      expect((await ask(url, mine.key, { accept: 'application/json' })).status).toBe(406)
    }
    expect((await api('GET', `/reports/${report.code}/photos/x`, { key: mine.key })).status).toBe(404)
    await unsend()
    expect((await ask(`${address}/${proofId}`, mine.key)).status).toBe(404)
    expect((await ask(`${address}/${sentId}`, mine.key)).status).toBe(200)
  })

  test('of others are there as copies that were reviewed', async ({ api, desk, db }) => {
    const [sender, other] = [await partner(db), await partner(db)]
    const { report, sentId, proofId } = await buildAnswered(db, sourceOf(sender.id), desk.store)
    const path = `/published-reports/${report.code}`
    const codes = async () =>
      (await api('GET', '/published-reports?received_before=2026-04-01T00:00:00Z')).body.items.map(
        ({ code }: { code: string }) => code,
      )
    expect([(await api('GET', path)).status, await codes()]).toEqual([404, []])
    const ctx = { db, actor: await buildActor(db, 'dispatcher'), now }
    const box = { x: 0, y: 0, width: 0.5, height: 0.5 }
    const publish = async (decided: { fileId: string; boxes: (typeof box)[] }[]) => {
      const { version, basis, proposed } = await copyOfReport(ctx, report.id)
      const photos = decided.map((each) => ({ ...each, isShown: true }))
      const input = { reportId: report.id, version, basis, ...proposed.texts, showsPoint: false, photos, cleared: [] }
      await publishCopy(ctx, input, desk.store)
    }
    await publish([{ fileId: sentId, boxes: [] }])
    const first = await api('GET', path, { key: other.key })
    expect(first.body).toMatchObject({ code: report.code, description: 'Cây đổ chắn đường', state: 'answered' })
    expect(first.body.photos).toMatchObject([{ of: 'report', width: 70 }])
    await publish([
      { fileId: proofId, boxes: [box] },
      { fileId: sentId, boxes: [] },
    ])
    const { body } = await api('GET', path)
    expect(body.photos).toMatchObject([
      { of: 'report', width: 70 },
      { of: 'answer', width: 90 },
    ])
    const copies = await db.select().from(files).where(eq(files.purpose, 'public_copy'))
    for (const { url } of body.photos) {
      const [, code, id] = /\/anh-phan-anh\/([^/]+)\/([^/]+)\.jpg$/.exec(url) ?? []
      expect([code, copies.some((copy) => copy.id === id)]).toEqual([report.code, true])
    }
    expect(JSON.stringify(body)).not.toContain(proofId)
    expect(await codes()).toEqual([report.code])
  })
})

describe('a report with photos', () => {
  const given = { description: 'Cây đổ', address: '73 phố Lò Đúc', reference: 'app-9' }
  const formOf = (report: unknown, photos: readonly Uint8Array[]) => {
    const form = new FormData()
    form.append('report', new Blob([JSON.stringify(report)], { type: 'application/json' }))
    for (const photo of photos) form.append('photo', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'a.jpg')
    return form
  }

  test('is sent as a form, once under the same reference, and leaves no unused upload', async ({ api, desk, db }) => {
    const { key, reportsOf } = await partner(db)
    const post = (body: FormData) =>
      desk.send('/api/v1/reports', { method: 'POST', body, headers: { 'x-api-key': key } })
    const both = [await photoOf(50), await photoOf(55)]
    const before = await db.$count(files)
    const made = await post(formOf(given, both))
    expect([made.status, JSON.parse(made.text)]).toEqual([201, { code: expect.any(String), is_repeated: false }])
    const again = await post(formOf(given, [...both, await photoOf(58)]))
    expect([again.status, JSON.parse(again.text).is_repeated]).toEqual([200, true])
    expect(await reportsOf()).toMatchObject([{ body: 'Cây đổ', photoCount: 2 }])
    expect(await db.$count(files)).toBe(before + 2)
    const { body } = await api('GET', `/reports/${JSON.parse(made.text).code}`, { key })
    expect(body.photos.map(({ width }: { width: number }) => width).sort()).toEqual([50, 55])
  })

  test('is refused as the document says, and leaves nothing', async ({ desk, db }) => {
    const { key, reportsOf } = await partner(db)
    const before = await db.$count(files)
    const photo = await photoOf(50)
    const plain = new FormData()
    plain.append('photo', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'a.jpg')
    for (const [body, status, problem, headers] of [
      [formOf({ address: 'x' }, [photo]), 422, 'invalid_fields', { 'x-api-key': key }],
      [formOf(given, [Buffer.from('no photo')]), 422, 'refused', { 'x-api-key': key }],
      [formOf(given, [photo, Buffer.from('no photo')]), 422, 'refused', { 'x-api-key': key }],
      [formOf(given, Array(5).fill(photo)), 400, 'malformed_request', { 'x-api-key': key }],
      [plain, 400, 'malformed_request', { 'x-api-key': key }],
      [formOf(given, [photo]), 401, 'api_key_invalid', {}],
    ] as const) {
      const answer = await desk.send('/api/v1/reports', { method: 'POST', body, headers })
      expect([answer.status, JSON.parse(answer.text).type.split('/').at(-1)]).toEqual([status, problem])
    }
    expect([await reportsOf(), await db.$count(files)]).toEqual([[], before])
  })
})

test('published reports are listed in pages, and by category and time', async ({ api, desk, db }) => {
  const { category } = await partner(db)
  const ctx = { db, actor: await buildActor(db, 'dispatcher'), now }
  const made: string[] = []
  for (const hours of [91 * 24, 3, 2, 1]) {
    const receivedAt = new Date(Date.now() - hours * 3_600_000)
    const report = await buildReport(db, { state: 'in_progress', categoryCode: category.code, receivedAt })
    const { version, basis, proposed } = await copyOfReport(ctx, report.id)
    const input = { reportId: report.id, version, basis, ...proposed.texts, showsPoint: true, photos: [], cleared: [] }
    await publishCopy(ctx, input, desk.store)
    made.unshift(report.code)
  }
  const seen: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const cursor: string = next && `&cursor=${next}`
    const { body } = await api('GET', `/published-reports?limit=2&category=${category.code}${cursor}`)
    seen.push(...body.items.map(({ code }: { code: string }) => code))
    next = body.next
  }
  expect(seen).toEqual(made.slice(0, 3))
  const since = encodeURIComponent(new Date(Date.now() - 1.5 * 3_600_000).toISOString())
  const recent = await api('GET', `/published-reports?received_after=${since}&category=${category.code}`)
  expect(recent.body.items).toMatchObject([{ code: made[0], category: { code: category.code } }])
  expect((await api('GET', '/published-reports?cursor=x')).status).toBe(400)
  // No request reads more than 90 days of them.
  const long = encodeURIComponent(new Date(Date.now() - 92 * 24 * 3_600_000).toISOString())
  expect((await api('GET', `/published-reports?received_after=${long}`)).status).toBe(400)
  const changed = await api('GET', `/published-reports?category=${category.code}&updated_after=${long}`)
  expect(changed.body.items.map(({ code }: { code: string }) => code)).toEqual(made)
})
