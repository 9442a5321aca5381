import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf, paragraph, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts, bulletins, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { DomainError } from '#server/platform/errors.ts'
import { correctBulletin, discardCorrection, restoreRevision, withdrawBulletin } from './commands/correct-bulletin.ts'
import { createBulletin } from './commands/create-bulletin.ts'
import { bringBackBulletin, discardBulletin } from './commands/discard-bulletin.ts'
import { makePreview, previewedBulletin, revokePreviews } from './commands/make-preview.ts'
import type { MovedBulletin } from './commands/move-bulletin.ts'
import { publishBulletin, publishUnreviewed } from './commands/publish-bulletin.ts'
import { releaseSet } from './commands/release-set.ts'
import {
  approveBulletin,
  claimReview,
  requestChanges,
  submitBulletin,
  takeBackBulletin,
} from './commands/review-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { bulletinById, diffRevisions, revisionsOf } from './queries/bulletin.ts'
import { checkSaved } from './queries/check.ts'
import { bulletinCounts, listBulletins } from './queries/list.ts'
import { publicPage } from './queries/public.ts'
import type { BulletinContent } from './rules/schemas.ts'
import { listBulletinsInput } from './rules/schemas.ts'

const filing = { incidentId: null, supersedesId: null, isExercise: false }
const plain = { auto: false, typo: false }
const refusalOf = (error: unknown) => {
  if (error instanceof DomainError) return error
  throw error
}

async function begun(db: Database, content = contentOf()) {
  const room = await buildNewsroom(db)
  return { ...room, made: await createBulletin(actingAt(db, room.editor, '08:00'), { ...filing, content }) }
}

const withBody = (...paragraphs: string[]): BulletinContent =>
  contentOf('Cấm cầu', { vi: textOf('Cấm cầu', ...paragraphs) })

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

describe('a public bulletin', () => {
  test('in two languages is corrected in both, and its readers are notified in both', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const content = contentOf('Cấm cầu từ 20 giờ')
    const built = await buildBulletin(db, { state: 'published', authorId: editor.id, approvedById: chief.id, content })
    const begin = { id: built.id, version: 1, kind: 'substantive' as const, note: 'Đổi giờ' }
    await expect(correctBulletin(actingAt(db, editor, '10:00'), { ...begin, noteEn: '' })).rejects.toThrow(
      'notice_needs_english',
    )
    let moved = await correctBulletin(actingAt(db, editor, '10:00'), { ...begin, noteEn: 'New hours' })
    const half = contentOf('Cấm cầu từ 18 giờ')
    moved = await saveBulletin(actingAt(db, editor, '10:01'), { ...moved, ...plain, content: half })
    moved = await submitBulletin(actingAt(db, editor, '10:02'), { ...moved, note: '' })
    const refused = await approveBulletin(actingAt(db, chief, '10:03'), { ...moved, acknowledged: [] }).catch(refusalOf)
    expect(refused).toMatchObject({
      code: 'checklist_errors',
      details: { findings: [{ code: 'english_not_corrected' }] },
    })
    expect(await checkSaved(actingAt(db, chief, '10:03'), { id: built.id, at: null })).toMatchObject([
      { code: 'english_not_corrected', level: 'error' },
    ])
    const en = { ...textOf('Bridge closed from 6 pm', 'Take another bridge.'), summary: 'Closed from 6 pm.' }
    moved = await saveBulletin(actingAt(db, editor, '10:04'), { ...moved, ...plain, content: { ...half, en } })
    moved = await approveBulletin(actingAt(db, chief, '10:05'), { ...moved, acknowledged: [] })
    const out = await publishBulletin(actingAt(db, chief, '10:06'), { ...moved, acknowledged: [] })
    const gone = { ...out, notice: 'Nhầm cầu.', alertEnding: null }
    await expect(withdrawBulletin(actingAt(db, chief, '10:07'), { ...gone, noticeEn: '' })).rejects.toThrow(
      'notice_needs_english',
    )
    const withdrawn = await withdrawBulletin(actingAt(db, chief, '10:07'), { ...gone, noticeEn: 'Wrong bridge.' })
    expect(withdrawn.state).toBe('withdrawn')
  })

  test('stays as it was while it is being corrected, and a discarded correction leaves no public trace', async ({
    db,
  }) => {
    const { editor, chief } = await buildNewsroom(db)
    const built = await buildBulletin(db, {
      state: 'published',
      authorId: editor.id,
      approvedById: chief.id,
      content: contentOf('Bản đã đăng'),
    })
    const begin = { id: built.id, version: 1, kind: 'substantive' as const, note: 'Đổi giờ', noteEn: 'New hours' }
    let moved = await correctBulletin(actingAt(db, editor, '10:00'), begin)
    await expect(submitBulletin(actingAt(db, editor, '10:00'), { ...moved, note: '' })).rejects.toThrow(
      'nothing_to_correct',
    )
    moved = await saveBulletin(actingAt(db, editor, '10:01'), { ...moved, ...plain, content: contentOf('Bản sửa') })
    expect((await publicPage(db, built.slug ?? ''))?.content.vi.title).toBe('Bản đã đăng')
    moved = await discardCorrection(actingAt(db, editor, '10:02'), moved)
    expect(moved.state).toBe('published')
    const view = await bulletinById(actingAt(db, editor, '10:03'), built.id)
    expect([view.title, view.standing, view.correction]).toEqual(['Bản đã đăng', 'live', null])
  })

  test('replaces what it says it replaces; the number goes on and the older one links to the newer', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const incident = await buildIncident(db)
    const approve = async (title: string, supersedesId: string | null = null) => {
      const { id } = await buildBulletin(db, {
        state: 'approved',
        incidentId: incident.id,
        authorId: editor.id,
        approvedById: chief.id,
        content: contentOf(title),
      })
      await db.update(bulletins).set({ supersedesId }).where(eq(bulletins.id, id))
      return publishBulletin(actingAt(db, chief, '09:00'), { id, version: 1, acknowledged: [] })
    }
    const older = await approve('Bản một')
    const newer = await approve('Bản hai', older.id)
    const rows = await db
      .select()
      .from(bulletins)
      .where(eq(bulletins.incidentId, incident.id))
      .orderBy(bulletins.number)
    expect(rows.map(({ number, state, supersededById }) => [number, state, supersededById])).toEqual([
      [1, 'superseded', newer.id],
      [2, 'published', null],
    ])
    const page = await publicPage(db, rows[0]?.slug ?? '')
    expect(page?.supersededBy).toMatchObject({ slug: rows[1]?.slug, title: 'Bản hai' })
  })

  test('withdrawn it stays readable under its notice, a correction in progress ends', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const built = await buildBulletin(db, { state: 'published', authorId: editor.id, approvedById: chief.id })
    const moved = await correctBulletin(actingAt(db, editor, '10:00'), {
      id: built.id,
      version: 1,
      kind: 'minor',
      note: '',
      noteEn: '',
    })
    await withdrawBulletin(actingAt(db, chief, '10:05'), {
      ...moved,
      notice: 'Nhầm cầu.',
      noticeEn: 'Wrong bridge.',
      alertEnding: 'over',
    })
    const page = await publicPage(db, built.slug ?? '')
    expect(page).toMatchObject({ standing: 'withdrawn', notice: 'Nhầm cầu.' })
  })

  test('an alert always takes two persons, and no minor correction of what was sent', async ({ db }) => {
    const { editor, chief, urgent } = await buildNewsroom(db)
    const content = contentOf('Gió giật', { alert: alertPanelOf(), areaIds: [(await buildArea(db)).id] })
    const draft = await buildBulletin(db, { content, authorId: editor.id })
    await expect(
      publishUnreviewed(actingAt(db, urgent, '09:00'), { id: draft.id, version: 1, reason: 'Khẩn', acknowledged: [] }),
    ).rejects.toThrow('alert_needs_review')
    const built = await buildBulletin(db, { state: 'approved', content, authorId: editor.id, approvedById: chief.id })
    const out = await publishBulletin(actingAt(db, chief, '09:00'), { id: built.id, version: 1, acknowledged: [] })
    let moved = await correctBulletin(actingAt(db, editor, '09:10'), { ...out, kind: 'minor', note: '', noteEn: '' })
    const changed = { ...content, alert: alertPanelOf({ severity: 'Moderate' }) }
    moved = await saveBulletin(actingAt(db, editor, '09:11'), { ...moved, ...plain, content: changed })
    await expect(submitBulletin(actingAt(db, editor, '09:12'), { ...moved, note: '' })).rejects.toThrow(
      'alert_needs_substantive',
    )
    expect(await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))).toHaveLength(1)
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
