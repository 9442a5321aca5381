import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildFile, buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { disclosures, reportPhotos, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { environment } from '#server/platform/environment.ts'
import { directoryStore } from '#server/platform/files.ts'
import { uploadLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import { addPhoto } from './commands/add-photo.ts'
import { removePhoto } from './commands/remove-photo.ts'
import { handlePhotos } from './http.ts'

const folder = mkdtempSync(join(tmpdir(), 'photos-'))
/** The first bytes of a HEIC picture. */
const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic'), Buffer.alloc(64)])
const store = directoryStore(folder)
const now = () => new Date('2026-03-02T03:00:00Z')
const caller: { db?: Database; actor?: StaffActor } = {}
let server: Server
let address = ''

beforeAll(async () => {
  server = createServer((req, res) => {
    const { db, actor } = caller
    const session = actor ? { id: randomUUID(), accountId: actor.id, actor, lastSeenAt: now() } : null
    void handlePhotos(
      req,
      res,
      { db: db as Database, now, requestId: 'r', ip: null, session: session as never },
      store,
    ).then((taken) => taken || res.writeHead(404).end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/photos`
})

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const as = (db: Database, actor?: StaffActor) => Object.assign(caller, { db, actor })
const upload = async (body: Uint8Array) => {
  const answer = await fetch(address, { method: 'POST', body: body as BodyInit })
  return { status: answer.status, ...((await answer.json()) as { fileId: string; code: string }) }
}
const takeOriginal = (fileId: string, reason = 'Cần xem rõ chi tiết hiện trường') =>
  fetch(`${address}/${fileId}/original`, { method: 'POST', body: new URLSearchParams({ reason }) })
const drawing = (shape: Partial<{ width: number; height: number }> = {}) =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#5a7d5a', ...shape } })

const shared = join(import.meta.dirname, '../../../shared/data/real/photos')
const realPhotos = ['gps-DSCN0012.jpg', 'pothole-1.jpg', 'pothole-2.jpg'].map((name) => join(shared, name))

describe('an uploaded photo', () => {
  test('is shown as pixels only: place and camera remain in the original', async ({ db, skip }) => {
    skip(!realPhotos.every((path) => existsSync(path)), 'the real photos of ../shared are not here')
    const agency = await buildAgency(db)
    const officer = await buildActor(db, 'officer', agency)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    as(db, officer)
    for (const path of realPhotos) {
      const bytes = readFileSync(path)
      expect((await sharp(bytes).metadata()).exif?.length, path).toBeGreaterThan(0)
      const { fileId } = await upload(bytes)
      await addPhoto({ db, actor: officer, now }, { reportId: report.id, fileId, kind: 'staff', name: '' })
      for (const [variant, edge] of [
        ['public', 2048],
        ['thumb', 320],
      ] as const) {
        const copy = Buffer.from(await (await fetch(`${address}/${fileId}/${variant}`)).arrayBuffer())
        const { format, exif, xmp, iptc, icc, width = 0, height = 0 } = await sharp(copy).metadata()
        expect({ format, exif, xmp, iptc, icc }, path).toEqual({ format: 'jpeg' })
        expect(Math.max(width, height)).toBeLessThanOrEqual(edge)
        expect(copy.includes('GPS') || copy.includes('Exif'), path).toBe(false)
      }
      const original = await takeOriginal(fileId)
      expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true)
    }
  })

  test('has an original that is given only with a reason to those who may see the reporter; each time is logged', async ({
    db,
  }) => {
    const [agency, other] = [await buildAgency(db), await buildAgency(db)]
    const officer = await buildActor(db, 'officer', agency)
    as(db, officer)
    const { fileId } = await upload(await drawing({ width: 333 }).jpeg().toBuffer())
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id, other.id] })
    await addPhoto({ db, actor: officer, now }, { reportId: report.id, fileId, kind: 'staff', name: '' })
    // Added while the other agency held the report; that agency may still read it.
    await db.update(reportPhotos).set({ agencyId: other.id }).where(eq(reportPhotos.fileId, fileId))
    const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]

    expect(await codeOf(await fetch(`${address}/${fileId}/original`))).toEqual([404, 'not_found'])
    expect(await codeOf(await takeOriginal(fileId, 'xem'))).toEqual([422, 'reason_too_short'])
    for (const [role, at] of [
      ['manager', agency],
      ['officer', other],
    ] as const) {
      as(db, await buildActor(db, role, at))
      expect(await codeOf(await takeOriginal(fileId))).toEqual([403, 'forbidden'])
      expect((await fetch(`${address}/${fileId}/public`)).status).toBe(200)
    }
    await db.update(reportPhotos).set({ agencyId: agency.id }).where(eq(reportPhotos.fileId, fileId))
    expect(await codeOf(await takeOriginal(fileId))).toEqual([404, 'not_found'])
    expect((await fetch(`${address}/${fileId}/public`)).status).toBe(404)
    as(db, await buildActor(db, 'officer', await buildAgency(db)))
    expect(await codeOf(await takeOriginal(fileId))).toEqual([404, 'not_found'])
    as(db, officer)
    const taken = await takeOriginal(fileId)
    expect([taken.status, taken.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const looks = await db.select().from(disclosures).where(eq(disclosures.accountId, officer.id))
    expect(looks).toMatchObject([{ purpose: 'original_photo', persons: 1 }])
  })

  test('is shown upright: the rotation noted by the camera is applied', async ({ db }) => {
    as(db, await buildActor(db, 'dispatcher'))
    const turned = await drawing()
      .withExif({ IFD0: { Make: 'Camera' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(await upload(turned)).toMatchObject({ status: 201, width: 300, height: 400 })
  })

  test('is stored once, however often it is uploaded', async ({ db }) => {
    as(db, await buildActor(db, 'dispatcher'))
    const bytes = await drawing({ width: 320 }).png().toBuffer()
    const both = await Promise.all([upload(bytes), upload(bytes)])
    expect(both[0].fileId).toBe(both[1].fileId)
  })

  test.for<[string, () => Promise<Buffer> | Buffer, number, string]>([
    [
      'a page that calls itself a photo',
      () => Buffer.from('<html><script>alert(1)</script>'),
      415,
      'file_not_an_image',
    ],
    [
      'a drawing that may hold script',
      () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
      'file_not_an_image',
    ],
    ['an animation', () => drawing().gif().toBuffer(), 415, 'file_not_an_image'],
    ['nothing', () => Buffer.alloc(0), 415, 'file_not_an_image'],
    ['what an iPhone keeps to itself', () => heic, 415, 'file_heic'],
    [
      'a photo with its end cut off',
      async () => (await drawing().jpeg().toBuffer()).subarray(0, 600),
      422,
      'photo_damaged',
    ],
    [
      'a script with the first bytes of a photo',
      async () =>
        Buffer.concat([
          (await drawing().jpeg().toBuffer()).subarray(0, 20),
          Buffer.from('<script>alert(1)</script>'.repeat(50)),
        ]),
      422,
      'photo_damaged',
    ],
    [
      'a few bytes that unpack to a field of pixels',
      () => drawing({ width: 12_000, height: 12_000 }).png({ compressionLevel: 9 }).toBuffer(),
      422,
      'photo_too_many_pixels',
    ],
    [
      'one that is drawn in passes, so that all its pixels are unpacked at once',
      () => drawing({ width: 6000, height: 5000 }).jpeg({ progressive: true, quality: 20 }).toBuffer(),
      422,
      'photo_too_many_pixels',
    ],
    ['more than a photo may weigh', () => Buffer.alloc(photoLimits.bytes + 1), 413, 'file_too_large'],
    ['far more than a photo may weigh', () => Buffer.alloc(4 * photoLimits.bytes), 413, 'file_too_large'],
  ])('is refused if it is %s', async ([, make, status, code], { db }) => {
    as(db, await buildActor(db, 'dispatcher'))
    expect(await upload(await make())).toMatchObject({ status, code })
  })

  test('of fifty million pixels, as phones make them, is accepted', async ({ db }) => {
    as(db, await buildActor(db, 'dispatcher'))
    const bytes = await drawing({ width: 8160, height: 6144 }).jpeg({ quality: 40 }).toBuffer()
    expect(await upload(bytes)).toMatchObject({ status: 201, width: 2048 })
  })

  test('never waits indefinitely: too many uploads of one account at once are refused, others are not affected', async ({
    db,
  }) => {
    const [one, other] = [await buildActor(db, 'dispatcher'), await buildActor(db, 'dispatcher')]
    as(db, one)
    const hold = Promise.withResolvers<void>()
    const slow = Array.from({ length: uploadLimits.underWayPerAccount }, () => {
      const body = new ReadableStream({
        async start(controller) {
          controller.enqueue(new Uint8Array(10))
          await hold.promise
          controller.close()
        },
      })
      return fetch(address, { method: 'POST', body, duplex: 'half' } as RequestInit)
    })
    const bytes = await drawing({ width: 401 }).jpeg().toBuffer()
    await vi.waitFor(async () => expect(await upload(bytes)).toMatchObject({ status: 429, code: 'own_uploads_busy' }))
    as(db, other)
    expect((await upload(bytes)).status).toBe(201)
    hold.resolve()
    for (const answer of await Promise.all(slow)) expect(answer.status).toBe(415)
    as(db, one)
    expect((await upload(bytes)).status).toBe(201)
  })

  test('is refused where its length is not announced and it proves too large', async ({ db }) => {
    as(db, await buildActor(db, 'dispatcher'))
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 17; i++) controller.enqueue(new Uint8Array(1024 * 1024))
        controller.close()
      },
    })
    const answer = await fetch(address, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect(answer.status).toBe(413)
  })

  test('is refused when the virus scanner rejects it, or cannot be reached', async ({ db }) => {
    as(db, await buildActor(db, 'dispatcher'))
    const bytes = await drawing({ width: 111 }).jpeg().toBuffer()
    for (const command of ['false', '/nowhere/scanner']) {
      environment().avCommand = command
      expect(await upload(bytes)).toMatchObject({ status: 422, code: 'file_refused' })
    }
    environment().avCommand = 'true'
    expect((await upload(bytes)).status).toBe(201)
    environment().avCommand = undefined
  })

  test('needs a sign-in, and a role that handles reports', async ({ db }) => {
    const bytes = await drawing().jpeg().toBuffer()
    as(db)
    expect(await upload(bytes)).toMatchObject({ status: 401, code: 'signed_out' })
    as(db, await buildActor(db, 'manager'))
    expect(await upload(bytes)).toMatchObject({ status: 403, code: 'forbidden' })
  })
})

describe('a photo on a report', () => {
  test('is shown to those who see the report, and to no one else', async ({ db }) => {
    const agency = await buildAgency(db)
    const officer = await buildActor(db, 'officer', agency)
    const stranger = await buildActor(db, 'officer', await buildAgency(db))
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    as(db, officer)
    const { fileId } = await upload(await drawing({ width: 222 }).jpeg().toBuffer())
    const look = (variant = 'thumb', headers = {}) => fetch(`${address}/${fileId}/${variant}`, { headers })
    expect((await look()).status).toBe(200)
    as(db, stranger)
    expect((await look()).status).toBe(404)
    as(db, officer)
    await addPhoto({ db, actor: officer, now }, { reportId: report.id, fileId, kind: 'staff', name: '' })
    const seen = await look()
    expect(seen.status).toBe(200)
    expect(seen.headers.get('cache-control')).toBe('private, no-cache')
    const tag = { 'if-none-match': seen.headers.get('etag') as string }
    expect((await look('thumb', tag)).status).toBe(304)
    expect((await look('huge')).status).toBe(404)
    as(db, stranger)
    expect((await look()).status).toBe(404)
    expect((await look('thumb', tag)).status).toBe(404)
    as(db)
    expect((await look()).status).toBe(401)
    as(db, officer)
    await removePhoto({ db, actor: officer, now }, { reportId: report.id, fileId })
    expect((await look()).status).toBe(404)
  })

  test('is attached by its uploader; others who only know its id get not found', async ({ db }) => {
    const agency = await buildAgency(db)
    const [officer, colleague] = [await buildActor(db, 'officer', agency), await buildActor(db, 'officer', agency)]
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    as(db, officer)
    const bytes = await drawing({ width: 223 }).jpeg().toBuffer()
    const { fileId } = await upload(bytes)
    const hang = (actor: StaffActor, id: string) =>
      addPhoto({ db, actor, now }, { reportId: report.id, fileId: id, kind: 'staff', name: '' })
    const image = await buildFile(db, { purpose: 'bulletin_image', ownerId: colleague.id })
    for (const id of [fileId, image, randomUUID()]) await expect(hang(colleague, id)).rejects.toThrow('not_found')
    as(db, colleague)
    const own = await upload(bytes)
    expect(own.fileId).not.toBe(fileId)
    await hang(officer, fileId)
    await hang(colleague, own.fileId)
  })

  test('that was removed is restored by the account that removed it', async ({ db }) => {
    const agency = await buildAgency(db)
    const [officer, colleague] = [await buildActor(db, 'officer', agency), await buildActor(db, 'officer', agency)]
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const other = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const fileId = await buildPhoto(db, report.id, { kind: 'staff', addedById: officer.id })
    const ctx = { db, actor: colleague, now }
    await removePhoto(ctx, { reportId: report.id, fileId })
    const elsewhere = addPhoto(ctx, { reportId: other.id, fileId, kind: 'staff', name: '' })
    await expect(elsewhere).rejects.toThrow('not_found')
    await addPhoto(ctx, { reportId: report.id, fileId, kind: 'staff', name: '' })
  })

  test('attached twice is there once; it cannot be removed through another report', async ({ db }) => {
    const dispatcher = await buildActor(db, 'dispatcher')
    const report = await buildReport(db)
    as(db, dispatcher)
    const { fileId } = await upload(await drawing({ width: 333 }).jpeg().toBuffer())
    const ctx = { db, actor: dispatcher, now }
    for (let i = 0; i < 2; i++) await addPhoto(ctx, { reportId: report.id, fileId, kind: 'staff', name: '' })
    const counts = await db.select({ photoCount: reports.photoCount }).from(reports).where(eq(reports.id, report.id))
    expect(counts).toEqual([{ photoCount: 1 }])
    const elsewhere = removePhoto(ctx, { reportId: (await buildReport(db)).id, fileId })
    await expect(elsewhere).rejects.toThrow('not_found')
  })

  test('attached again by the same account is accepted, whatever has happened to the report since', async ({ db }) => {
    const agency = await buildAgency(db)
    const officer = await buildActor(db, 'officer', agency)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const ctx = { db, actor: officer, now }
    const own = {
      reportId: report.id,
      fileId: await buildFile(db, { ownerId: officer.id }),
      kind: 'proof' as const,
      name: '',
    }
    const other = { ...own, fileId: await buildFile(db, { ownerId: officer.id }) }
    await addPhoto(ctx, own)
    const elsewhere = { agencyId: (await buildAgency(db)).id, heldBy: [agency.id] }
    for (const [change, refusal] of [
      [{ photoCount: 40 }, 'too_many_photos'],
      [{ state: 'answered', dueAt: null, soonAt: null, answeredAt: now() }, 'invalid_move'],
      [elsewhere, 'forbidden'],
    ] as const) {
      await db.update(reports).set(change).where(eq(reports.id, report.id))
      await expect(addPhoto(ctx, own)).resolves.toMatchObject({ id: report.id })
      await expect(addPhoto(ctx, other)).rejects.toThrow(refusal)
    }
  })

  test('of another agency cannot be attached or removed', async ({ db }) => {
    const report = await buildReport(db, { state: 'in_progress' })
    const manager = await buildActor(db, 'manager')
    as(db, await buildActor(db, 'dispatcher'))
    const { fileId } = await upload(await drawing({ width: 334 }).jpeg().toBuffer())
    const ctx = { db, actor: manager, now }
    await expect(addPhoto(ctx, { reportId: report.id, fileId, kind: 'staff', name: '' })).rejects.toThrow('forbidden')
    await expect(removePhoto(ctx, { reportId: report.id, fileId })).rejects.toThrow('forbidden')
  })
})
