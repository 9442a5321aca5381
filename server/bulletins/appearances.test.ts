import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { bulletinAppearances } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'

test('publications are numbered as they become visible, whatever the clocks say and whichever began first', async ({
  db,
}) => {
  const { editor, chief } = await buildNewsroom(db)
  const by = { state: 'published', authorId: editor.id, approvedById: chief.id } as const
  let begun = () => {}
  let goOn = () => {}
  const isBegun = new Promise<void>((settle) => (begun = settle))
  const mayGoOn = new Promise<void>((settle) => (goOn = settle))
  const slow = db.transaction(async (tx) => {
    const built = await buildBulletin(tx, { ...by, at: hanoi('2026-03-02 08:00') })
    begun()
    await mayGoOn
    return built.id
  })
  await isBegun
  const content = contentOf('Nhanh hơn', { en: null, areaIds: [] })
  const quick = await buildBulletin(db, { ...by, content, at: hanoi('2026-03-02 09:00') })
  const exercise = await buildBulletin(db, { ...by, isExercise: true })
  const rows = await db.select().from(bulletinAppearances).orderBy(asc(bulletinAppearances.position))
  expect(rows.map(({ bulletinId }) => bulletinId)).toEqual([quick.id])
  goOn()
  const slowest = await slow
  const all = await db.select().from(bulletinAppearances).orderBy(asc(bulletinAppearances.position))
  expect(all.map(({ position, bulletinId }) => [position, bulletinId])).toEqual([
    [1, quick.id],
    [2, slowest],
  ])
  expect(all.map(({ inEnglish, kind }) => [inEnglish, kind])).toEqual([
    [false, 'road_closed'],
    [true, 'road_closed'],
  ])
  expect(all.some(({ bulletinId }) => bulletinId === exercise.id)).toBe(false)
})

test('none of them is changed or deleted', async ({ db, sql }) => {
  const built = await buildBulletin(db, { state: 'published' })
  const own = eq(bulletinAppearances.bulletinId, built.id)
  const refused = { code: '23001' }
  await expect(
    sql`update bulletin_appearances set position = 99 where bulletin_id = ${built.id}`,
  ).rejects.toMatchObject(refused)
  await expect(sql`delete from bulletin_appearances`).rejects.toMatchObject(refused)
  await expect(sql`truncate bulletin_appearances`).rejects.toMatchObject(refused)
  expect(await db.select().from(bulletinAppearances).where(own)).toHaveLength(1)
})
