import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { publishBulletin } from './commands/publish-bulletin.ts'
import { releaseSet } from './commands/release-set.ts'
import {
  approveBulletin,
  claimReview,
  requestChanges,
  submitBulletin,
  takeBackBulletin,
} from './commands/review-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import type { BulletinContent } from './rules/schemas.ts'
import { begun, plain, refusalOf } from './testing/begun.ts'

describe('review', () => {
  test('is claimed for half an hour, sent back with remarks, and continued', async ({ db }) => {
    const { made, editor, chief, urgent } = await begun(db)
    let moved = await submitBulletin(actingAt(db, editor, '08:10'), { ...made, note: 'Gấp' })
    moved = await claimReview(actingAt(db, chief, '08:11'), moved)
    await expect(claimReview(actingAt(db, urgent, '08:12'), moved)).rejects.toThrow('review_claimed')
    await expect(approveBulletin(actingAt(db, urgent, '08:12'), { ...moved, acknowledged: [] })).rejects.toThrow(
      'review_claimed',
    )
    moved = await requestChanges(actingAt(db, urgent, '08:42'), { ...moved, remarks: 'Nêu rõ giờ' })
    expect(moved.state).toBe('changes_requested')
    moved = await saveBulletin(actingAt(db, editor, '08:45'), {
      ...moved,
      ...plain,
      content: contentOf('Cấm cầu đến 18 giờ'),
    })
    moved = await submitBulletin(actingAt(db, editor, '08:46'), { ...moved, note: '' })
    moved = await approveBulletin(actingAt(db, chief, '08:50'), { ...moved, acknowledged: [] })
    expect(moved.state).toBe('approved')
  })

  test('passes no error, and a warning only when it is ticked', async ({ db }) => {
    const { chief, editor } = await buildNewsroom(db)
    const inReview = async (content: BulletinContent) => {
      const { id } = await buildBulletin(db, { state: 'in_review', authorId: editor.id, content })
      return { id, version: 1, acknowledged: [] as string[] }
    }
    const broken = await approveBulletin(actingAt(db, chief, '09:00'), await inReview(contentOf(''))).catch(refusalOf)
    expect(broken).toMatchObject({ code: 'checklist_errors', details: { findings: [{ code: 'title_missing' }] } })
    const input = await inReview(contentOf('Chỉ tiếng Việt', { en: null }))
    const warned = await approveBulletin(actingAt(db, chief, '09:00'), input).catch(refusalOf)
    expect(warned).toMatchObject({ code: 'checklist_warnings', details: { findings: [{ code: 'english_missing' }] } })
    await approveBulletin(actingAt(db, chief, '09:00'), { ...input, acknowledged: ['english_missing::'] })
    const out = await publishBulletin(actingAt(db, chief, '09:05'), { ...input, version: 2, acknowledged: [] })
    expect(out.state).toBe('published')
  })

  test('an approved bulletin that is taken back has no approval any more', async ({ db }) => {
    const { chief, editor } = await buildNewsroom(db)
    const built = await buildBulletin(db, { state: 'approved', authorId: editor.id, approvedById: chief.id })
    const off = await takeBackBulletin(actingAt(db, chief, '09:00'), { id: built.id, version: 1 })
    expect(off.state).toBe('draft')
    const [row] = await db.select().from(bulletins).where(eq(bulletins.id, built.id))
    expect(row).toMatchObject({ approvedById: null, approvedRevisionId: null, approvedAt: null, acknowledged: [] })
    await expect(publishBulletin(actingAt(db, chief, '09:01'), { ...off, acknowledged: [] })).rejects.toThrow(
      'invalid_move',
    )
    const scheduled = await buildBulletin(db, { state: 'scheduled', authorId: editor.id })
    const tooLate = takeBackBulletin(actingAt(db, chief, '09:00'), { id: scheduled.id, version: 1 })
    await expect(tooLate).rejects.toThrow('invalid_move')
  })

  test('a set is released one by one, each with its outcome', async ({ db }) => {
    const { chief, editor } = await buildNewsroom(db)
    const [ready, own, stale] = [
      await buildBulletin(db, { state: 'in_review', authorId: editor.id }),
      await buildBulletin(db, { state: 'in_review', authorId: chief.id }),
      await buildBulletin(db, { state: 'in_review', authorId: editor.id }),
    ]
    const set = [ready, own, stale].map(({ id }) => ({ id, version: id === stale.id ? 7 : 1 }))
    const released = await releaseSet(actingAt(db, chief, '09:00'), {
      move: 'approve',
      bulletins: set,
      at: null,
      acknowledged: {},
    })
    expect(released.map((one) => (one.outcome === 'done' ? one.state : one.code))).toEqual([
      'approved',
      'own_bulletin',
      'conflict',
    ])
    const at = hanoi('2026-03-02 09:30')
    const [scheduled] = await releaseSet(actingAt(db, chief, '09:01'), {
      move: 'schedule',
      bulletins: [{ id: ready.id, version: 2 }],
      at,
      acknowledged: {},
    })
    expect(scheduled).toMatchObject({ outcome: 'done', state: 'scheduled' })
  })
})

test('a blank of a template is published in no way, not even by plain SQL', async ({ db }) => {
  const body = {
    type: 'doc' as const,
    content: [
      {
        type: 'paragraph' as const,
        content: [{ type: 'text' as const, text: 'Cấm đoạn ' }, { type: 'blank' as const }],
      },
    ],
  }
  const content = contentOf('Cấm đường', { vi: { ...textOf('Cấm đường'), body } })
  const { editor, chief } = await buildNewsroom(db)
  const built = await buildBulletin(db, { state: 'approved', content, authorId: editor.id, approvedById: chief.id })
  const publishing = publishBulletin(actingAt(db, chief, '09:00'), {
    id: built.id,
    version: 1,
    acknowledged: ['placeholder_left:vi:0'],
  })
  await expect(publishing).rejects.toThrow('checklist_errors')
  const at = hanoi('2026-03-02 09:00')
  const writing = db
    .update(bulletins)
    .set({
      state: 'published',
      slug: 'cam-duong-trong',
      publishedRevisionId: built.approvedRevisionId,
      firstPublishedAt: at,
      publishedAt: at,
    })
    .where(eq(bulletins.id, built.id))
  await expect(writing).rejects.toMatchObject({ cause: { constraint_name: 'bulletins_blanks' } })
})
