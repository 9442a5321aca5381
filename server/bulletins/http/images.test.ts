import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildFile } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinImages, files, reportPhotos } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { directoryStore } from '#server/platform/files.ts'
import { drawInTurn } from '#server/platform/one-at-a-time.ts'
import { sizedImageLimits } from '#server/platform/rules/limits.ts'
import { addPhoto } from '#server/reports/commands/add-photo.ts'
import { handlePhotos } from '#server/reports/http.ts'
import { unpublishBulletin } from '../commands/correct-bulletin.ts'
import { createBulletin } from '../commands/create-bulletin.ts'
import { makePreview, revokePreviews } from '../commands/make-preview.ts'
import { saveBulletin } from '../commands/save-bulletin.ts'
import type { Block } from '../rules/document.ts'
import { handleBulletinImages, handlePublicImages } from './images.ts'

const folder = mkdtempSync(join(tmpdir(), 'images-'))
const store = directoryStore(folder)
const clock = { now: hanoi('2026-03-02 09:00') }
const now = () => hanoi('2026-03-02 09:00')
const caller: { db?: Database; actor?: StaffActor } = {}
let server: Server
let origin = ''

beforeAll(async () => {
  server = createServer(async (req, res) => {
    const { db, actor } = caller as { db: Database; actor?: StaffActor }
    const session = actor ? { id: 's', accountId: actor.id, actor, lastSeenAt: now() } : null
    const context = { db, now, requestId: 'r', ip: null, session: session as never }
    if (await handlePhotos(req, res, context, store)) return
    if (await handleBulletinImages(req, res, context, store)) return
    if (!(await handlePublicImages(req, res, { db, now: () => clock.now }, store))) res.writeHead(404).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const as = (db: Database, actor?: StaffActor) => Object.assign(caller, { db, actor })
const statusOf = async (path: string) => (await fetch(`${origin}${path}`)).status

/** Each width is a different picture. */
const pictures = { count: 0 }
const picture = () =>
  sharp({ create: { width: 100 + ++pictures.count, height: 80, channels: 3, background: '#5a7d5a' } })
    .jpeg()
    .toBuffer()

async function handIn(path: '/api/photos' | '/api/bulletins/images', bytes: Uint8Array): Promise<string> {
  const answer = await fetch(`${origin}${path}`, { method: 'POST', body: bytes as BodyInit })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { fileId: string }).fileId
}

const image = (fileId: string): Block => ({
  type: 'image',
  attrs: { fileId, alt: 'Cầu Chương Dương', decorative: false, caption: '' },
})

function showing(fileId: string, title = 'Cấm cầu Chương Dương') {
  const vi = textOf(title)
  return contentOf(title, { vi: { ...vi, body: { ...vi.body, content: [...vi.body.content, image(fileId)] } } })
}

const begin = (content: ReturnType<typeof contentOf>) => ({
  content,
  incidentId: null,
  supersedesId: null,
  isExercise: false,
})

test('the photo of a report is no bulletin image: it cannot be viewed, shown or published as one', async ({ db }) => {
  const { editor } = await buildNewsroom(db)
  const dispatcher = await buildActor(db, 'dispatcher')
  const report = await buildReport(db)
  as(db, dispatcher)
  const fileId = await handIn('/api/photos', await picture())
  await addPhoto({ db, actor: dispatcher, now }, { reportId: report.id, fileId, kind: 'staff', name: '' })
  expect(await statusOf(`/api/photos/${fileId}/thumb`)).toBe(200)
  expect(await statusOf(`/api/bulletins/images/${fileId}/thumb`)).toBe(404)
  as(db, editor)
  expect(await statusOf(`/api/bulletins/images/${fileId}/public`)).toBe(404)
  const ctx = actingAt(db, editor, '09:00')
  await expect(createBulletin(ctx, begin(showing(fileId)))).rejects.toThrow('image_missing')
  const draft = await createBulletin(ctx, begin(contentOf()))
  const saving = saveBulletin(ctx, { ...draft, content: showing(fileId), auto: true, typo: false })
  await expect(saving).rejects.toThrow('image_missing')
  expect(await db.$count(bulletinImages, eq(bulletinImages.fileId, fileId))).toBe(0)
})

test('an image uploaded for a bulletin is no photo of a report, and the same picture has a separate name for each', async ({
  db,
}) => {
  const both = await buildActor(db, ['editor', 'dispatcher'])
  const report = await buildReport(db)
  as(db, both)
  const bytes = await picture()
  const [imageId, photoId] = [await handIn('/api/bulletins/images', bytes), await handIn('/api/photos', bytes)]
  expect(imageId).not.toBe(photoId)
  expect(await handIn('/api/bulletins/images', bytes)).toBe(imageId)
  expect(await statusOf(`/api/photos/${imageId}/public`)).toBe(404)
  expect(await statusOf(`/api/photos/${photoId}/public`)).toBe(200)
  const hanging = addPhoto({ db, actor: both, now }, { reportId: report.id, fileId: imageId, kind: 'staff', name: '' })
  await expect(hanging).rejects.toThrow('not_found')
  expect(await db.$count(reportPhotos, eq(reportPhotos.reportId, report.id))).toBe(0)
})

test('an upload that is in no text yet is seen and used by its owner alone', async ({ db }) => {
  const { editor, chief } = await buildNewsroom(db)
  as(db, editor)
  const fileId = await handIn('/api/bulletins/images', await picture())
  expect(await statusOf(`/api/bulletins/images/${fileId}/public`)).toBe(200)
  as(db, chief)
  for (const id of [fileId, randomUUID()]) {
    expect(await statusOf(`/api/bulletins/images/${id}/public`)).toBe(404)
    const using = createBulletin(actingAt(db, chief, '09:00'), begin(showing(id)))
    await expect(using).rejects.toThrow('image_missing')
  }
  await createBulletin(actingAt(db, editor, '09:05'), begin(showing(fileId)))
  expect(await statusOf(`/api/bulletins/images/${fileId}/public`)).toBe(200)
  await createBulletin(actingAt(db, chief, '09:10'), begin(showing(fileId, 'Cầu Chương Dương đã thông')))
  as(db)
  expect(await statusOf(`/api/bulletins/images/${fileId}/public`)).toBe(401)
  expect(await statusOf(`/ban-tin/anh/${fileId}/480.jpg`)).toBe(404)
})

test('a text that shows an image that no longer exists can still be edited', async ({ db }) => {
  const { editor } = await buildNewsroom(db)
  const ctx = actingAt(db, editor, '09:00')
  const fileId = await buildFile(db, { purpose: 'bulletin_image', ownerId: editor.id })
  const draft = await createBulletin(ctx, begin(showing(fileId)))
  await db.delete(files).where(eq(files.id, fileId))
  const saved = saveBulletin(ctx, { ...draft, content: showing(fileId, 'Tên khác'), auto: true, typo: false })
  await expect(saved).resolves.toMatchObject({ id: draft.id })
})

/** A published bulletin that shows an image. */
async function outShowing(db: Database): Promise<string> {
  const { editor } = await buildNewsroom(db)
  as(db, editor)
  const fileId = await handIn('/api/bulletins/images', await picture())
  const { id: bulletinId } = await buildBulletin(db, { state: 'published', content: showing(fileId) })
  await db.insert(bulletinImages).values({ bulletinId, fileId })
  return fileId
}

test('readers do not wait for photos that staff upload: their images are drawn in a separate queue', async ({ db }) => {
  const fileId = await outShowing(db)
  const photo = Promise.withResolvers<string>()
  const handingIn = drawInTurn(() => photo.promise)
  expect(await statusOf(`/ban-tin/anh/${fileId}/480.jpg`)).toBe(200)
  photo.resolve('stored')
  expect(await handingIn).toBe('stored')
})

test('however many readers open a newly published page at once, all of them see its image', async ({ db }) => {
  const fileId = await outShowing(db)
  const readers = Array.from({ length: 4 * sizedImageLimits.waiting }, () => statusOf(`/ban-tin/anh/${fileId}/960.jpg`))
  expect(new Set(await Promise.all(readers))).toEqual(new Set([200]))
})

describe('a secret address', () => {
  const askFor = (path: string, fileId: string) => fetch(`${origin}${path}/anh/${fileId}/480.jpg`)
  const statusAt = async (path: string, fileId: string) => (await askFor(path, fileId)).status

  test('shows the images of the text behind it to readers without an account, and no others', async ({ db }) => {
    const { editor } = await buildNewsroom(db)
    as(db, editor)
    const [fileId, other] = [
      await handIn('/api/bulletins/images', await picture()),
      await handIn('/api/bulletins/images', await picture()),
    ]
    const draft = await createBulletin(actingAt(db, editor, '09:00'), begin(showing(fileId)))
    await createBulletin(actingAt(db, editor, '09:00'), begin(showing(other)))
    const { path } = await makePreview(actingAt(db, editor, '09:00'), { id: draft.id, hours: 1 })
    as(db)
    const answer = await askFor(path, fileId)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'image/jpeg',
      'private, no-store',
    ])
    expect((await sharp(await answer.arrayBuffer()).metadata()).height).toBe(80)
    expect([await statusAt(path, other), await statusAt('/ban-tin/xem-truoc/khac', fileId)]).toEqual([404, 404])
    expect(await statusOf(`/ban-tin/anh/${fileId}/480.jpg`)).toBe(404)
    // What the text no longer shows is not served.
    await saveBulletin(actingAt(db, editor, '09:05'), { ...draft, content: showing(other), auto: false, typo: false })
    expect([await statusAt(path, fileId), await statusAt(path, other)]).toEqual([404, 200])
    clock.now = hanoi('2026-03-02 10:00')
    onTestFinished(() => void Object.assign(clock, { now: now() }))
    expect(await statusAt(path, other)).toBe(404)
  })

  test('no longer shows an image once it was revoked, or what it showed was taken down', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    as(db, editor)
    const fileId = await handIn('/api/bulletins/images', await picture())
    const { id } = await buildBulletin(db, { state: 'published', content: showing(fileId) })
    const preview = async () => (await makePreview(actingAt(db, editor, '08:50'), { id, hours: 24 })).path
    const revoked = await preview()
    as(db)
    expect(await statusAt(revoked, fileId)).toBe(200)
    await revokePreviews(actingAt(db, editor, '08:55'), { id })
    const live = await preview()
    expect([await statusAt(revoked, fileId), await statusAt(live, fileId)]).toEqual([404, 200])
    const down = { id, version: 1, reason: 'Lộ tên', redirectToId: null }
    await unpublishBulletin(actingAt(db, chief, '09:00'), down)
    expect([await statusAt(live, fileId), (await askFor(live, fileId)).headers.get('cache-control')]).toEqual([
      410,
      'no-store',
    ])
  })
})
