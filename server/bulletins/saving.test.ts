import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildBulletin, buildNewsroom, contentOf, paragraph, textOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { restoreRevision } from './commands/correct-bulletin.ts'
import type { MovedBulletin } from './commands/move-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { bulletinById, diffRevisions, revisionsOf } from './queries/bulletin.ts'
import { begun, plain, refusalOf, withBody } from './testing/begun.ts'

describe('saving', () => {
  test('autosaves of one person are one revision for five minutes, and one event', async ({ db }) => {
    const { made, editor } = await begun(db)
    const save = (from: MovedBulletin, local: string, title: string, auto = true) =>
      saveBulletin(actingAt(db, editor, local), { ...from, ...plain, auto, content: contentOf(title) })
    let saved = await save(made, '08:01', 'Một')
    saved = await save(saved, '08:02', 'Hai')
    saved = await save(saved, '08:05', 'Ba')
    expect((await revisionsOf(db, made.id)).map(({ number }) => number)).toEqual([2, 1])
    saved = await save(saved, '08:07', 'Bốn')
    saved = await save(saved, '08:08', 'Năm', false)
    expect((await revisionsOf(db, made.id)).map(({ number, auto }) => [number, auto])).toEqual([
      [4, false],
      [3, true],
      [2, true],
      [1, false],
    ])
    const log = await db.select().from(events).where(eq(events.subjectId, made.id)).orderBy(events.id)
    expect(log.map(({ event }) => event)).toEqual([
      'bulletin.created',
      'bulletin.saved',
      'bulletin.saved',
      'bulletin.saved',
    ])
    expect(await save(saved, '08:09', 'Năm')).toMatchObject({ version: saved.version })
  })

  test('edits in different places are merged; in one place both texts come back', async ({ db }) => {
    const { made, editor, chief } = await begun(db, withBody('một', 'hai', 'ba'))
    const base = withBody('một', 'hai', 'ba')
    await saveBulletin(actingAt(db, chief, '08:01'), {
      ...made,
      ...plain,
      base,
      content: withBody('một', 'hai', 'ba của sếp'),
    })
    const merged = await saveBulletin(actingAt(db, editor, '08:02'), {
      ...made,
      ...plain,
      base,
      content: withBody('một của tôi', 'hai', 'ba'),
    })
    expect(merged.content?.vi.body.content).toEqual(['một của tôi', 'hai', 'ba của sếp'].map(paragraph))
    const clash = await saveBulletin(actingAt(db, editor, '08:03'), {
      ...made,
      ...plain,
      base,
      content: withBody('một', 'hai', 'ba khác'),
    }).catch(refusalOf)
    expect(clash).toMatchObject({
      code: 'conflict',
      details: { by: editor.name, clashes: [{ path: 'vi.body' }], mine: withBody('một', 'hai', 'ba khác') },
    })
    const blind = await saveBulletin(actingAt(db, editor, '08:03'), {
      ...made,
      ...plain,
      content: withBody('x'),
    }).catch(refusalOf)
    expect(blind).toMatchObject({ code: 'conflict', details: { clashes: [] } })
  })

  test('an edit of an approved text is reviewed, a typo is not, and a public text is not edited', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const written = (...paragraphs: string[]) => contentOf('Cấm cầu', { vi: textOf('Cấm cầu', ...paragraphs) })
    const built = await buildBulletin(db, {
      state: 'approved',
      authorId: editor.id,
      approvedById: chief.id,
      content: written('Ngừoi dân theo dỏi bản tin'),
    })
    const change = { id: built.id, version: 1 }
    const slip = await saveBulletin(actingAt(db, editor, '09:00'), {
      ...change,
      ...plain,
      typo: true,
      content: written('Ngừoi dân theo dõi bản tin'),
    })
    expect(slip.state).toBe('approved')
    const more = { ...slip, ...plain, typo: true, content: contentOf('Cấm cầu', { severity: 'emergency' }) }
    await expect(saveBulletin(actingAt(db, editor, '09:01'), more)).rejects.toThrow('more_than_a_typo')
    const own = { ...slip, ...plain, typo: true, content: written('Người dân theo dõi bản tin') }
    await expect(saveBulletin(actingAt(db, chief, '09:01'), own)).rejects.toThrow('own_bulletin')
    const edited = await saveBulletin(actingAt(db, editor, '09:02'), { ...more, typo: false })
    expect(edited.state).toBe('in_review')
    const [row] = await db.select().from(bulletins).where(eq(bulletins.id, built.id))
    expect(row).toMatchObject({ approvedById: null, approvedRevisionId: null })
    const scheduled = await buildBulletin(db, { state: 'scheduled' })
    await expect(
      saveBulletin(actingAt(db, editor, '09:00'), { id: scheduled.id, version: 1, ...plain, content: contentOf('x') }),
    ).rejects.toThrow('bulletin_sealed')
  })

  test('typos in a row are measured against what was approved, and never change what it replaces', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const written = (summary: string) => {
      const content = contentOf('Cấm cầu')
      return { ...content, vi: { ...content.vi, summary } }
    }
    const built = await buildBulletin(db, {
      state: 'approved',
      authorId: editor.id,
      approvedById: chief.id,
      content: written('Xem bản tin thời tiết'),
    })
    const older = await buildBulletin(db, { state: 'published' })
    const save = (from: { id: string; version: number }, summary: string, more = {}) =>
      saveBulletin(actingAt(db, editor, '09:00'), { ...from, ...plain, typo: true, content: written(summary), ...more })
    const first = await save({ id: built.id, version: 1 }, 'Xem bảnn tinn thời tiết')
    const second = await save(first, 'Xemm bảnn tinn thờii tiếtt')
    await expect(save(second, 'Xemmm bảnn tinn thờii tiếtt')).rejects.toThrow('more_than_a_typo')
    await expect(save(second, 'Xem bản tin thời tiết', { supersedesId: older.id })).rejects.toThrow('more_than_a_typo')
    expect((await save(second, 'Xem bản tin thời tiết')).state).toBe('approved')
    const risky = await buildBulletin(db, {
      state: 'approved',
      authorId: editor.id,
      approvedById: chief.id,
      content: written('Không đi qua cầu'),
    })
    for (const summary of ['Khôn đi qua cầu', 'Nên đi qua cầu', 'Không đi qua cầu Long Biên'])
      await expect(save({ id: risky.id, version: 1 }, summary)).rejects.toThrow('more_than_a_typo')
  })

  test('an earlier text is restored as a new revision', async ({ db }) => {
    const { made, editor } = await begun(db, contentOf('Bản đầu'))
    const saved = await saveBulletin(actingAt(db, editor, '08:10'), {
      ...made,
      ...plain,
      content: contentOf('Bản sau'),
    })
    await restoreRevision(actingAt(db, editor, '08:20'), { ...saved, revisionId: made.revisionId ?? '' })
    const view = await bulletinById(actingAt(db, editor, '08:21'), made.id)
    expect([view.title, view.revision.number]).toEqual(['Bản đầu', 3])
    const { diff, from } = await diffRevisions(db, { bulletinId: made.id, fromId: null, toId: view.revision.id })
    expect([from?.number, diff.vi.title.map(({ kind }) => kind)]).toEqual([2, ['same', 'deleted', 'inserted']])
  })
})

test('what was corrected after the approval is shown with the bulletin, until it is reviewed again', async ({ db }) => {
  const { editor, chief } = await buildNewsroom(db)
  const written = (summary: string) => {
    const content = contentOf('Cấm cầu')
    return { ...content, vi: { ...content.vi, summary } }
  }
  const content = written('Theo dỏi bản tin')
  const built = await buildBulletin(db, { state: 'approved', authorId: editor.id, approvedById: chief.id, content })
  const mendedOf = async () => (await bulletinById(actingAt(db, chief, '09:05'), built.id)).mended
  expect(await mendedOf()).toBeNull()
  const change = { id: built.id, version: 1, ...plain, typo: true }
  const saved = await saveBulletin(actingAt(db, editor, '09:00'), { ...change, content: written('Theo dõi bản tin') })
  const mended = { fromId: built.approvedRevisionId, toId: saved.revisionId }
  expect(await mendedOf()).toEqual(mended)
  const { diff } = await diffRevisions(db, { bulletinId: built.id, fromId: mended.fromId, toId: mended.toId as string })
  expect(diff.changedWords).toBe(2)
  const again = { ...saved, ...plain, content: written('Theo dõi bản tin sau') }
  await saveBulletin(actingAt(db, editor, '09:01'), again)
  expect(await mendedOf()).toBeNull()
})
