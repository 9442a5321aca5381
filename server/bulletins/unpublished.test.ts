import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { correctBulletin } from './commands/correct-bulletin.ts'
import { bringBackBulletin, discardBulletin } from './commands/discard-bulletin.ts'
import { makePreview, previewedBulletin, revokePreviews } from './commands/make-preview.ts'
import { publishBulletin } from './commands/publish-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { bulletinById } from './queries/bulletin.ts'
import { bulletinCounts, listBulletins } from './queries/list.ts'
import { listBulletinsInput } from './rules/schemas.ts'
import { plain } from './testing/begun.ts'

describe('a discarded draft', () => {
  test('is in its own list only, has no active secret link, and is restored as it was left', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const { id, version } = await buildBulletin(db, { authorId: editor.id, content: contentOf('Bản nháp bỏ đi') })
    const { path } = await makePreview(actingAt(db, editor, '09:00'), { id, hours: 24 })
    const gone = await discardBulletin(actingAt(db, editor, '09:05'), { id, version })
    expect(gone.state).toBe('discarded')
    const listed = async (input: object) => {
      const { bulletins: found } = await listBulletins(actingAt(db, chief, '09:06'), listBulletinsInput.parse(input))
      return found.some((each) => each.id === id)
    }
    expect([await listed({}), await listed({ mine: true }), await listed({ states: ['discarded'] })]).toEqual([
      false,
      false,
      true,
    ])
    const counts = await bulletinCounts(actingAt(db, chief, '09:06'), listBulletinsInput.parse({}))
    expect(counts.discarded).toBe(1)
    expect(await previewedBulletin(db, path.split('/').at(-1) ?? '', hanoi('2026-03-02 09:06'))).toBeNull()
    await expect(makePreview(actingAt(db, editor, '09:06'), { id, hours: 24 })).rejects.toThrow('bulletin_discarded')
    const typed = saveBulletin(actingAt(db, editor, '09:07'), { ...gone, ...plain, content: contentOf('Viết tiếp') })
    await expect(typed).rejects.toThrow('bulletin_sealed')
    const back = await bringBackBulletin(actingAt(db, chief, '09:08'), gone)
    const view = await bulletinById(actingAt(db, editor, '09:09'), id)
    expect([back.state, view.title, view.mayEdit]).toEqual(['draft', 'Bản nháp bỏ đi', true])
  })

  test('was never public, whatever writes the tables', async ({ db }) => {
    const out = await buildBulletin(db, { state: 'published' })
    await expect(discardBulletin(actingAt(db, (await buildNewsroom(db)).editor, '09:00'), out)).rejects.toThrow(
      'invalid_move',
    )
    const writing = db.update(bulletins).set({ state: 'discarded' }).where(eq(bulletins.id, out.id))
    await expect(writing).rejects.toMatchObject({ cause: { constraint_name: 'bulletins_discarded' } })
    const corrected = await buildBulletin(db, { state: 'published' })
    const { editor } = await buildNewsroom(db)
    const begin = { id: corrected.id, version: 1, kind: 'minor' as const, note: '', noteEn: '' }
    const moved = await correctBulletin(actingAt(db, editor, '09:01'), begin)
    await expect(discardBulletin(actingAt(db, editor, '09:02'), moved)).rejects.toThrow('bulletin_is_public')
  })
})

test('a secret link shows an unpublished text, until it lapses or the bulletin is published', async ({ db }) => {
  const { editor, chief } = await buildNewsroom(db)
  const built = await buildBulletin(db, { state: 'approved', authorId: editor.id, approvedById: chief.id })
  const { path } = await makePreview(actingAt(db, editor, '09:00'), { id: built.id, hours: 1 })
  const token = path.split('/').at(-1) as string
  const at = (local: string) => previewedBulletin(db, token, hanoi(`2026-03-02 ${local}`))
  expect([await at('09:30'), await at('10:01')]).toEqual([built.id, null])
  await publishBulletin(actingAt(db, chief, '09:40'), { id: built.id, version: 1, acknowledged: [] })
  expect(await at('09:45')).toBeNull()
})

test('secret links are revoked all at once, by any writer', async ({ db }) => {
  const { editor, chief } = await buildNewsroom(db)
  const built = await buildBulletin(db, { authorId: editor.id })
  const tokens = await Promise.all(
    [1, 48].map(async (hours) => {
      const { path } = await makePreview(actingAt(db, editor, '09:00'), { id: built.id, hours })
      return path.split('/').at(-1) as string
    }),
  )
  const read = () => Promise.all(tokens.map((token) => previewedBulletin(db, token, hanoi('2026-03-02 09:30'))))
  const liveAt = async (local: string) => (await bulletinById(actingAt(db, chief, local), built.id)).livePreviews
  expect([await read(), await liveAt('09:30'), await liveAt('10:30')]).toEqual([[built.id, built.id], 2, 1])
  expect(await revokePreviews(actingAt(db, chief, '09:20'), { id: built.id })).toEqual({ revoked: 2 })
  expect([await read(), await liveAt('09:30')]).toEqual([[null, null], 0])
  expect(await revokePreviews(actingAt(db, chief, '09:21'), { id: built.id })).toEqual({ revoked: 0 })
  const log = await db.select().from(events).where(eq(events.subjectId, built.id)).orderBy(events.id)
  expect(log.map(({ event }) => event).filter((event) => event === 'bulletin.previews_revoked')).toHaveLength(1)
})

test('a list is found by words without accents and paged by key', async ({ db }) => {
  const editor = await buildActor(db, 'editor')
  for (const title of ['Đê sông Hồng 1', 'Đê sông Hồng 2', 'Đê sông Hồng 3'])
    await buildBulletin(db, { content: contentOf(title), authorId: editor.id })
  const input = listBulletinsInput.parse({ text: 'de song hong', mine: true, limit: 2 })
  const first = await listBulletins(actingAt(db, editor, '09:00'), input)
  const second = await listBulletins(actingAt(db, editor, '09:00'), { ...input, after: first.next })
  expect([first.bulletins.length, second.bulletins.length, second.next]).toEqual([2, 1, null])
  expect(new Set([...first.bulletins, ...second.bulletins].map(({ id }) => id)).size).toBe(3)
})
