import { buffer } from 'node:stream/consumers'
import { and, eq } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import {
  answerPhotos,
  events,
  files,
  publicationCopies,
  publicationPhotos,
  reportAnswers,
  reportPhotos,
} from '#db/schema/index.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { test } from '#server/http/testing/planted-entrances.ts'
import { fileStore } from '#server/platform/files.ts'
import { clearOrphans } from '#server/reports/commands/clear-orphans.ts'
import { storePhoto } from '#server/reports/commands/store-photo.ts'
import { publishCopy, saveCopy, withdrawCopy } from './commands/review-copy.ts'
import { awaitingCopies, copyOfReport } from './queries/copies.ts'
import { publishedCopies } from './queries/published-copies.ts'
import type { Box } from './rules/boxes.ts'

const now = () => new Date()
const [wide, high] = [400, 300]
const hidden: Box = { x: 0.5, y: 0.5, width: 0.25, height: 0.5 }

let taken = 0

/**
 * A photo with rotated orientation: upright it is 400 pixels wide, green, and red where a face is. Each call differs.
 */
async function sidewaysPhoto(): Promise<Buffer> {
  taken += 10
  const face = { create: { width: 80, height: 120, channels: 3, background: '#e02020' } } as const
  const upright = await sharp({
    create: { width: wide, height: high, channels: 3, background: `rgb(32,176,${taken})` },
  })
    .composite([{ input: face, left: 210, top: 170 }])
    .png()
    .toBuffer()
  const exif = { IFD0: { Copyright: 'Nguyễn Thị Lan' }, IFD3: { GPSLatitude: '21/1 0/1 0/1' } }
  return sharp(upright).rotate(-90).withExif(exif).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer()
}

async function buildScene(db: Database, photos = 1) {
  const agency = await buildAgency(db)
  const report = await buildReport(db, {
    ...{ title: 'Cây đổ', body: 'Cây đổ chắn đường', address: 'Phố Hàng Bài' },
    ...{ state: 'in_progress', agencyId: agency.id, receivedAt: new Date(Date.now() - 3_600_000) },
  })
  const { actor } = await buildAccount(db, { agency, roles: ['approver'] })
  const ctx = { db, actor, now }
  const fileIds: string[] = []
  for (let position = 0; position < photos; position++) {
    const stored = await storePhoto({ ...ctx, actor: robot }, 'report_photo', await sidewaysPhoto())
    await db
      .insert(reportPhotos)
      .values({ reportId: report.id, fileId: stored.fileId, kind: 'citizen', addedAt: now(), position })
    await db.update(files).set({ attachedAt: now() }).where(eq(files.id, stored.fileId))
    fileIds.push(stored.fileId)
  }
  return { report, ctx, fileIds, fileId: fileIds[0] as string }
}
type Ctx = Awaited<ReturnType<typeof buildScene>>['ctx']
type Decided = { fileId: string; isShown: boolean; boxes: Box[] }

async function review(ctx: Ctx, reportId: number, photos: Decided[], command = publishCopy) {
  const { version, basis, proposed } = await copyOfReport(ctx, reportId)
  return command(ctx, { reportId, version, basis, ...proposed.texts, showsPoint: false, photos, cleared: [] })
}

const decidedOf = async (ctx: Ctx, reportId: number) =>
  (await copyOfReport(ctx, reportId)).photos.map(({ isShown, boxes }) => [isShown, boxes.length])
const shownOf = async (db: Database, code: string) => (await publishedCopies(db, { codes: [code] })).copies[0]?.photos

describe('a photo of a published copy', () => {
  test('is drawn anew, upright, without metadata and with boxes painted over; the original stays', async ({
    db,
    origin,
  }) => {
    const { report, ctx, fileId } = await buildScene(db)
    const stored = async (id: string) => (await db.select().from(files).where(eq(files.id, id)))[0]
    const originalKey = (await stored(fileId))?.originalKey ?? ''
    const read = async (key: string) => buffer((await fileStore().read(key))?.stream as NodeJS.ReadableStream)
    const before = await read(originalKey)
    await review(ctx, report.id, [{ fileId, isShown: true, boxes: [hidden] }])

    const [path] = ((await shownOf(db, report.code)) ?? []).map((photo) => photo.path)
    const response = await fetch(`${origin}${path}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    const bytes = Buffer.from(await response.arrayBuffer())
    const { width, height, exif, xmp, iptc, orientation } = await sharp(bytes).metadata()
    expect([width, height, exif, xmp, iptc, orientation]).toEqual([
      wide,
      high,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(bytes.toString('latin1')).not.toContain('GPS')
    const pixels = await sharp(bytes).raw().toBuffer()
    const at = (x: number, y: number) => [...pixels.subarray((y * wide + x) * 3, (y * wide + x) * 3 + 3)]
    for (let y = high / 2; y < high; y += 1) {
      for (let x = wide / 2; x < wide * 0.75; x += 1) {
        const [red = 0, green = 0, blue = 0] = at(x, y)
        // At an edge the encoder blurs neighbouring colours, so a margin is left out.
        const isInside = x >= wide / 2 + 16 && x < wide * 0.75 - 16 && y >= high / 2 + 16
        const most = isInside ? 27 : 90
        if (red > most || (isInside && (green > most || blue > most))) throw new Error(`${x}, ${y}: ${at(x, y)}`)
      }
    }
    // Outside the box the photo is unchanged.
    expect(at(100, 100)[1]).toBeGreaterThan(150)
    expect(at(300 + 20, 200)[1]).toBeGreaterThan(150)

    const [row] = await db.select().from(publicationPhotos).where(eq(publicationPhotos.reportId, report.id))
    const copy = await stored(row?.copyFileId ?? '')
    expect(copy).toMatchObject({ purpose: 'public_copy', ownerId: null, attachedAt: expect.any(Date) })
    expect(copy?.sha256).not.toBe((await stored(fileId))?.sha256)
    expect(await read(originalKey)).toEqual(before)
    const [log] = await db
      .select()
      .from(events)
      .where(and(eq(events.reportId, report.id), eq(events.event, 'report.copy_published')))
    expect(log?.details).toEqual({ showsPoint: false, photosShown: 1, boxes: 1 })
  })

  test('is the media_url of Open311 for everyone, and gone once its copy is withdrawn or mended', async ({
    db,
    origin,
  }) => {
    const { report, ctx, fileIds } = await buildScene(db, 2)
    const [first = '', second = ''] = fileIds
    const mediaOf = async () => {
      const found = await fetch(`${origin}/open311/v2/requests/${report.code}.json`)
      return found.ok ? ((await found.json()) as { media_url: string | null }[])[0]?.media_url : undefined
    }
    await review(ctx, report.id, [
      { fileId: first, isShown: false, boxes: [] },
      { fileId: second, isShown: true, boxes: [] },
    ])
    const url = await mediaOf()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/anh-phan-anh\/[\w-]+\/[\da-f-]{36}\.jpg$/)
    const ask = async (headers: Record<string, string> = {}) => (await fetch(url ?? '', { headers })).status
    const etag = (await fetch(url ?? '')).headers.get('etag') ?? ''
    expect([await ask(), await ask({ 'if-none-match': etag })]).toEqual([200, 304])
    const { version } = await copyOfReport(ctx, report.id)
    await withdrawCopy(ctx, { reportId: report.id, version, reason: 'Còn thấy mặt người' })
    expect([await ask(), await ask({ 'if-none-match': etag }), await mediaOf()]).toEqual([410, 410, undefined])
    await review(ctx, report.id, [{ fileId: second, isShown: true, boxes: [hidden] }])
    expect(await mediaOf()).not.toBe(url)
    expect(await ask()).toBe(404)
    await review(ctx, report.id, [{ fileId: second, isShown: true, boxes: [hidden] }], saveCopy)
    expect(await mediaOf()).toBeUndefined()
    const guessed = url?.replace(/[\da-f-]{36}/, first)
    expect((await fetch(guessed ?? '')).status).toBe(404)
  })

  test('has a separate decision: none, left out or shown; it is drawn again only after a change', async ({
    db,
    origin: _,
  }) => {
    const { report, ctx, fileIds } = await buildScene(db, 3)
    const [first = '', second = ''] = fileIds
    expect(await decidedOf(ctx, report.id)).toEqual([
      [null, 0],
      [null, 0],
      [null, 0],
    ])
    const decided = [
      { fileId: first, isShown: true, boxes: [hidden] },
      { fileId: second, isShown: false, boxes: [hidden] },
    ]
    await review(ctx, report.id, decided, saveCopy)
    expect(await decidedOf(ctx, report.id)).toEqual([
      [true, 1],
      [false, 0],
      [null, 0],
    ])
    const copies = () => db.$count(files, eq(files.purpose, 'public_copy'))
    const drawn = await copies()
    await review(ctx, report.id, decided)
    expect(await copies()).toBe(drawn)
    expect(await shownOf(db, report.code)).toHaveLength(1)
    const isShown = and(eq(publicationPhotos.reportId, report.id), eq(publicationPhotos.isShown, true))
    const [shown] = await db.select().from(publicationPhotos).where(isShown)
    const kept = () => db.$count(files, eq(files.id, shown?.copyFileId ?? ''))
    expect(await kept()).toBe(1)
    // An unused public copy counts as an unused upload and is deleted after a day.
    await review(ctx, report.id, [])
    const later = { db, actor: robot, now: () => new Date(Date.now() + 25 * 3_600_000) }
    await clearOrphans(later)
    expect(await kept()).toBe(0)
  })

  test('waits for review again when a photo is added or removed, and is gone with its photo', async ({
    db,
    origin: _,
  }) => {
    const { report, ctx, fileId } = await buildScene(db)
    const shown = [{ fileId, isShown: true, boxes: [hidden] }]
    await review(ctx, report.id, shown)
    await buildPhoto(db, report.id, { kind: 'proof' })
    expect(await shownOf(db, report.code)).toHaveLength(1)
    await buildPhoto(db, report.id, { kind: 'citizen' })
    expect(await shownOf(db, report.code)).toBeUndefined()
    const view = await copyOfReport(ctx, report.id)
    expect(view).toMatchObject({ state: 'draft', cause: 'photos_changed', kept: { title: 'Cây đổ' }, reviewer: null })
    expect(await decidedOf(ctx, report.id)).toEqual(
      expect.arrayContaining([
        [true, 1],
        [null, 0],
      ]),
    )
    await review(ctx, report.id, shown)
    await db.delete(reportPhotos).where(eq(reportPhotos.fileId, fileId))
    expect(await shownOf(db, report.code)).toBeUndefined()
    expect(await db.$count(publicationPhotos, eq(publicationPhotos.reportId, report.id))).toBe(0)
  })

  test('that proves an answer is decided on once the answer was sent, and is public only then', async ({
    db,
    origin,
  }) => {
    const { report, ctx, fileId } = await buildScene(db)
    const citizens = { fileId, isShown: true, boxes: [hidden] }
    const { fileId: proofId } = await storePhoto({ ...ctx, actor: robot }, 'report_photo', await sidewaysPhoto())
    const loose = await buildPhoto(db, report.id, { kind: 'proof' })
    const hung = { reportId: report.id, fileId: proofId, kind: 'proof', addedAt: now(), position: 1 } as const
    await db.insert(reportPhotos).values(hung)
    const answer = {
      reportId: report.id,
      round: 1,
      kind: 'answer',
      status: 'queued',
      what: 'Đã dọn xong',
      ...fixed,
    } as const
    const [queued] = await db
      .insert(reportAnswers)
      .values({ ...answer, agencyId: report.agencyId, authorId: ctx.actor.id, createdAt: now(), sendAt: now() })
      .returning()
    await db.insert(answerPhotos).values({ answerId: queued?.id ?? '', fileId: proofId })
    const kindsOf = async () => (await copyOfReport(ctx, report.id)).photos.map(({ kind }) => kind)
    const waits = async () => (await awaitingCopies(ctx, null)).copies.map(({ code, cause }) => [code, cause])
    const proof = { fileId: proofId, isShown: true, boxes: [hidden] }

    // Before it was sent it is no part of the copy.
    expect(await kindsOf()).toEqual(['citizen'])
    await review(ctx, report.id, [citizens])
    await expect(review(ctx, report.id, [citizens, proof])).rejects.toThrow('not_found')
    expect(await waits()).toEqual([])
    const { basis } = await copyOfReport(ctx, report.id)

    await db
      .update(reportAnswers)
      // By a process whose clock is behind.
      .set({ status: 'sent', sentAt: new Date(Date.now() - 60_000) })
      .where(eq(reportAnswers.reportId, report.id))
    // The copy stays public without it, and waits for its review.
    expect(await kindsOf()).toEqual(['citizen', 'proof'])
    expect(await shownOf(db, report.code)).toMatchObject([{ isProof: false }])
    expect(await waits()).toEqual([[report.code, 'proof_sent']])
    const view = await copyOfReport(ctx, report.id)
    expect(view).toMatchObject({ state: 'published', cause: 'proof_sent' })
    const { version, proposed } = view
    const before = { reportId: report.id, version, basis, ...proposed.texts, showsPoint: false, cleared: [] }
    await expect(publishCopy(ctx, { ...before, photos: [citizens] })).rejects.toThrow('copy_basis_changed')
    const ofLoose = { fileId: loose, isShown: true, boxes: [] }
    await expect(review(ctx, report.id, [citizens, ofLoose])).rejects.toThrow('not_found')

    const later = { ...ctx, now: () => new Date(Date.now() + 1000) }
    await review(later, report.id, [citizens, { ...proof, isShown: false }])
    expect(await waits()).toEqual([])
    expect(await shownOf(db, report.code)).toHaveLength(1)
    await review(later, report.id, [proof, citizens])
    const shown = (await shownOf(db, report.code)) ?? []
    expect(shown.map(({ isProof }) => isProof)).toEqual([false, true])
    const served = await fetch(`${origin}${shown[1]?.path}`)
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    const pixels = await sharp(Buffer.from(await served.arrayBuffer()))
      .raw()
      .toBuffer()
    const middle = (Math.round(high * 0.75) * wide + Math.round(wide * 0.6)) * 3
    expect(Math.max(...pixels.subarray(middle, middle + 3))).toBeLessThan(40)

    // The database takes no other proof.
    const undecided = { reportId: report.id, fileId: loose, isShown: false }
    await expect(db.insert(publicationPhotos).values(undecided)).rejects.toThrow()
    await db.delete(reportPhotos).where(eq(reportPhotos.fileId, proofId))
    expect(await shownOf(db, report.code)).toHaveLength(1)
    expect((await fetch(`${origin}${shown[1]?.path}`)).status).toBe(404)
  })

  test('is refused if the photos have changed since the review began, or belong to another report', async ({
    db,
    origin: _,
  }) => {
    const { report, ctx } = await buildScene(db)
    const other = await buildScene(db)
    const { basis } = await copyOfReport(ctx, report.id)
    const input = { reportId: report.id, version: 0, basis, title: 'Cây', body: 'Cây', address: '', showsPoint: false }
    const foreign = [{ fileId: other.fileId, isShown: true, boxes: [] }]
    await expect(publishCopy(ctx, { ...input, photos: foreign, cleared: [] })).rejects.toThrow('not_found')
    await buildPhoto(db, report.id, { kind: 'citizen' })
    await expect(publishCopy(ctx, { ...input, photos: [], cleared: [] })).rejects.toThrow('copy_basis_changed')
  })
})

test('the database enforces the rules for published photos', async ({ db, origin: _ }) => {
  const { report, ctx, fileId } = await buildScene(db)
  await review(ctx, report.id, [{ fileId, isShown: true, boxes: [hidden] }])
  const here = eq(publicationPhotos.reportId, report.id)
  const set = (change: Partial<typeof publicationPhotos.$inferInsert>) =>
    db.update(publicationPhotos).set(change).where(here)
  for (const boxes of [
    [{ ...hidden, x: 0.9 }],
    [{ ...hidden, x: -0.1 }],
    [{ ...hidden, width: 0 }],
    [{ x: 0.1, y: 0.1 }],
    [1],
    { x: 0 },
    Array.from({ length: 41 }, () => hidden),
  ])
    await expect(set({ boxes: boxes as Box[] }), JSON.stringify(boxes)).rejects.toThrow()
  // Neither the photo itself nor any other photo is its public copy.
  const photo = await buildPhoto(db, report.id, { kind: 'citizen' })
  for (const copyFileId of [null, fileId, photo]) await expect(set({ copyFileId })).rejects.toThrow()
  await expect(set({ isShown: false })).rejects.toThrow()
  const elsewhere = await buildPhoto(db, (await buildReport(db)).id, { kind: 'citizen' })
  const row = { reportId: report.id, fileId: elsewhere, isShown: false }
  await expect(db.insert(publicationPhotos).values(row)).rejects.toThrow()
  await set({ isShown: false, copyFileId: null, boxes: [] })
  expect(await db.$count(publicationCopies, eq(publicationCopies.reportId, report.id))).toBe(1)
})
