import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import { reportPhotos } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { putPhotoBack } from './put-photo-back.ts'
import { removePhoto } from './remove-photo.ts'

/** A report with two photos, the first of which a colleague added. */
async function withPhotos(db: Database) {
  const team = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: team.agency.id })
  const added = { kind: 'staff', addedById: team.approver.id, addedAt: hanoi('2026-03-02 09:00') } as const
  const fileId = await buildPhoto(db, report.id, { ...added, name: 'cây.jpg', position: 0 })
  await buildPhoto(db, report.id, { ...added, name: 'phố.jpg', position: 1 })
  const photos = () =>
    db.select().from(reportPhotos).where(eq(reportPhotos.reportId, report.id)).orderBy(asc(reportPhotos.position))
  return { ...team, photo: { reportId: report.id, fileId, name: 'cây.jpg' }, photos }
}

test('a photo that was just removed is restored in its place, under the account that had added it', async ({ db }) => {
  const { officer, photo, photos } = await withPhotos(db)
  const [before, { report }] = [await photos(), await storyOf(db, photo.reportId)]
  await removePhoto(actingAt(db, officer, '10:00'), photo)
  expect(await photos()).toHaveLength(1)
  await putPhotoBack(actingAt(db, officer, '10:00'), photo)
  expect(await photos()).toEqual(before)
  const after = await storyOf(db, photo.reportId)
  expect(after.report).toEqual(report)
  expect(after.lastEvent).toMatchObject({ event: 'report.photo_added', details: { fileId: photo.fileId } })
})

test('a removed photo is restored only once, in time, and by the account that removed it', async ({ db }) => {
  const { officer, approver, photo } = await withPhotos(db)
  await removePhoto(actingAt(db, officer, '10:00'), photo)
  await expect(putPhotoBack(actingAt(db, approver, '10:00'), photo)).rejects.toThrow('nothing_to_undo')
  await expect(putPhotoBack(actingAt(db, officer, '10:01'), photo)).rejects.toThrow('undo_too_late')
  await putPhotoBack(actingAt(db, officer, '10:00'), photo)
  await expect(putPhotoBack(actingAt(db, officer, '10:00'), photo)).rejects.toThrow('nothing_to_undo')
})
