import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { buildFile } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { files, reportDrafts } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { directoryStore, type FileStore } from '#server/platform/files.ts'
import { uploadLimits } from '#server/platform/rules/limits.ts'
import { type FilePurpose, keysOf } from '#server/platform/rules/photo.ts'
import { addPhoto } from './add-photo.ts'
import { clearOrphans } from './clear-orphans.ts'
import { storePhoto } from './store-photo.ts'

const folder = mkdtempSync(join(tmpdir(), 'orphans-'))
const store = directoryStore(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const [handedIn, soon, later] = ['2026-03-02 09:00', '2026-03-03 08:00', '2026-03-03 10:00'].map((at) => hanoi(at))
const at = (db: Database, actor: StaffActor, when = handedIn) => ({ db, actor, now: () => when as Date })
const sweeping = (db: Database, when = later) => ({ db, actor: robot, now: () => when as Date })

const drawn = { pictures: 0 }
const picture = () =>
  sharp({ create: { width: 40 + ++drawn.pictures, height: 30, channels: 3, background: '#5a7d5a' } })
    .jpeg()
    .toBuffer()

async function handIn(db: Database, actor: StaffActor, bytes: Buffer, purpose: FilePurpose = 'report_photo') {
  return (await storePhoto(at(db, actor), purpose, bytes, store)).fileId
}

async function standing(db: Database, fileId: string) {
  const [row] = await db.select().from(files).where(eq(files.id, fileId))
  return row ?? null
}

async function kept(keys: string[]): Promise<number> {
  const found = await Promise.all(keys.map((key) => store.read(key)))
  for (const file of found) file?.stream.destroy()
  return found.filter(Boolean).length
}

const keysBehind = async (db: Database, fileId: string) =>
  keysOf((await standing(db, fileId))?.sha256 as string, 'image/jpeg')

test('an upload that is attached to nothing is deleted after a day, with all its stored files', async ({ db }) => {
  const officer = await buildActor(db, 'dispatcher')
  const report = await buildReport(db)
  const [orphan, hung, named] = [
    await handIn(db, officer, await picture()),
    await handIn(db, officer, await picture()),
    await handIn(db, officer, await picture()),
  ]
  const keys = await keysBehind(db, orphan)
  await store.write(keys.at(-1) as string, new Uint8Array([1])) // A resized copy.
  await addPhoto(at(db, officer), { reportId: report.id, fileId: hung, kind: 'staff', name: '' })
  const value = { what: 'Đã vá', photoIds: [named] }
  await db
    .insert(reportDrafts)
    .values({ accountId: officer.id, reportId: report.id, kind: 'answer', value, savedAt: new Date() })
  expect(await clearOrphans(sweeping(db, soon), store)).toBe(0)
  expect(await kept(keys)).toBe(4)
  expect(await clearOrphans(sweeping(db), store)).toBe(1)
  expect(await standing(db, orphan)).toBeNull()
  expect(await kept(keys)).toBe(0)
  for (const fileId of [hung, named]) expect(await kept(await keysBehind(db, fileId))).toBe(3)
  expect(await clearOrphans(sweeping(db), store)).toBe(0)
})

test('content that another row shares stays stored, until that row is deleted too', async ({ db }) => {
  const both = await buildActor(db, ['dispatcher', 'editor'])
  const bytes = await picture()
  const [photo, image] = [await handIn(db, both, bytes), await handIn(db, both, bytes, 'bulletin_image')]
  const keys = await keysBehind(db, photo)
  await db
    .update(files)
    .set({ createdAt: soon as Date })
    .where(eq(files.id, image))
  expect(await clearOrphans(sweeping(db), store)).toBe(1)
  expect(await standing(db, photo)).toBeNull()
  expect(await kept(keys)).toBe(3)
  expect(await clearOrphans(sweeping(db, hanoi('2026-03-05 10:00')), store)).toBe(1)
  expect(await kept(keys)).toBe(0)
})

test('a crash half-way leaves the row, and the next sweep continues; uploaded again meanwhile it is complete', async ({
  db,
}) => {
  const officer = await buildActor(db, 'dispatcher')
  const [first, second] = [await picture(), await picture()]
  const [fileId, again] = [await handIn(db, officer, first), await handIn(db, officer, second)]
  const [keys, keysAgain] = [await keysBehind(db, fileId), await keysBehind(db, again)]
  const failing: FileStore = {
    ...store,
    remove: async (key) => {
      if (key.startsWith('public/')) throw new Error('the store is away')
      await store.remove(key)
    },
  }
  await expect(clearOrphans(sweeping(db), failing)).rejects.toThrow('away')
  expect(await standing(db, fileId)).not.toBeNull()
  expect(await kept(keys)).toBeLessThan(3)
  await expect(storePhoto(at(db, officer, later), 'report_photo', first, store)).resolves.toMatchObject({ fileId })
  expect(await kept(keys)).toBe(3)
  expect(await clearOrphans(sweeping(db), store)).toBe(1)
  expect(await kept(keysAgain)).toBe(0)
  expect(await kept(keys)).toBe(3)
})

test('an account with too many unattached uploads is stopped, others are not, until it attaches them', async ({
  db,
}) => {
  const [officer, other] = [await buildActor(db, 'dispatcher'), await buildActor(db, 'dispatcher')]
  const created = { ownerId: officer.id, createdAt: handedIn as Date }
  const waiting: string[] = []
  for (let n = 0; n < uploadLimits.unattached.files; n++) waiting.push(await buildFile(db, created))
  const bytes = await picture()
  await expect(handIn(db, officer, bytes)).rejects.toThrow('upload_quota')
  await expect(handIn(db, other, bytes)).resolves.toBeTruthy()
  const report = await buildReport(db)
  const [fileId] = waiting as [string]
  await addPhoto(at(db, officer), { reportId: report.id, fileId, kind: 'staff', name: '' })
  await expect(handIn(db, officer, bytes)).resolves.toBeTruthy()

  await db
    .update(files)
    .set({ bytes: uploadLimits.unattached.bytes })
    .where(eq(files.id, waiting[1] as string))
  await db.delete(files).where(eq(files.id, waiting[2] as string))
  await expect(handIn(db, officer, await picture())).rejects.toThrow('upload_quota')
})
