import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildPlace } from '#db/factories/places.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts, bulletins } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { correctBulletin, discardCorrection, withdrawBulletin } from './commands/correct-bulletin.ts'
import { publishBulletin, publishUnreviewed, scheduleBulletin } from './commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from './commands/review-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { bulletinById } from './queries/bulletin.ts'
import { alertOf, checkSaved } from './queries/check.ts'
import { type PublicPage, previewPage, publicPage } from './queries/public.ts'
import { pictureWords } from './share/picture-words.ts'
import { plain, refusalOf } from './testing/begun.ts'

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

  test('no minor correction of a fact, with a review or without; a slip of the pen is one', async ({ db }) => {
    const { editor, chief, urgent } = await buildNewsroom(db)
    const content = contentOf('Ngập sâu 60 cm đến 12:15')
    const out = await buildBulletin(db, { state: 'published', content, authorId: editor.id, approvedById: chief.id })
    const begin = { id: out.id, version: 1, kind: 'minor' as const, note: '', noteEn: '' }
    let moved = await correctBulletin(actingAt(db, editor, '10:00'), begin)
    for (const [minute, title] of ['Ngập sâu 30 cm đến 12:15', 'Ngập sâu 60 cm đến 13:00'].entries()) {
      const ctx = actingAt(db, editor, `10:0${minute + 1}`)
      moved = await saveBulletin(ctx, { ...moved, ...plain, content: contentOf(title) })
      expect((await checkSaved(ctx, { id: out.id, at: null }))[0]).toMatchObject({
        code: 'minor_changes_fact',
        level: 'error',
        words: minute === 0 ? '60 → 30' : '12:15 → 13:00',
      })
      await expect(submitBulletin(ctx, { ...moved, note: '' })).rejects.toThrow('minor_changes_fact')
      const unreviewed = { ...moved, reason: 'Khẩn', acknowledged: [] }
      await expect(publishUnreviewed(actingAt(db, urgent, '10:09'), unreviewed)).rejects.toThrow('minor_changes_fact')
    }
    moved = await saveBulletin(actingAt(db, editor, '10:10'), {
      ...moved,
      ...plain,
      content: contentOf('Ngập sâuu 60cm đến 12:15'),
    })
    expect(await submitBulletin(actingAt(db, editor, '10:11'), { ...moved, note: '' })).toMatchObject({
      state: 'in_review',
    })
  })

  test('a street in small letters is a fact, because the gazetteer knows it', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    await buildPlace(db, 'Phố Nguyễn Xiển', { lon: 105.8, lat: 21 })
    const content = contentOf('Ngập ở nguyễn xiển')
    const out = await buildBulletin(db, { state: 'published', content, authorId: editor.id, approvedById: chief.id })
    const begin = { id: out.id, version: 1, kind: 'minor' as const, note: '', noteEn: '' }
    const begun = await correctBulletin(actingAt(db, editor, '10:00'), begin)
    const ctx = actingAt(db, editor, '10:01')
    const moved = await saveBulletin(ctx, { ...begun, ...plain, content: contentOf('Ngập ở nguyễn xiễn') })
    await expect(submitBulletin(ctx, { ...moved, note: '' })).rejects.toThrow('minor_changes_fact')
  })

  test('needs an area: communes, or the whole city by its own choice', async ({ db }) => {
    const { editor, chief, urgent } = await buildNewsroom(db)
    await buildArea(db)
    const nowhere = contentOf('Ngập sâu', { wholeCity: false, alert: alertPanelOf() })
    const by = { authorId: editor.id, approvedById: chief.id }
    const refusal = { code: 'checklist_errors', details: { findings: [{ code: 'area_missing' }] } }
    const draft = await buildBulletin(db, { content: nowhere, authorId: editor.id })
    const sent = await submitBulletin(actingAt(db, editor, '09:00'), { id: draft.id, version: 1, note: '' })
    const given = { ...sent, acknowledged: [] }
    expect(await approveBulletin(actingAt(db, chief, '09:01'), given).catch(refusalOf)).toMatchObject(refusal)
    const unreviewed = publishUnreviewed(actingAt(db, urgent, '09:02'), { ...given, reason: 'Khẩn' })
    expect(await unreviewed.catch(refusalOf)).toMatchObject(refusal)
    const { id } = await buildBulletin(db, { state: 'approved', content: nowhere, ...by })
    const at = hanoi('2026-03-02 15:00')
    const approved = { id, version: 1, acknowledged: [] }
    const scheduled = scheduleBulletin(actingAt(db, chief, '09:03'), { ...approved, at })
    expect(await scheduled.catch(refusalOf)).toMatchObject(refusal)
    expect(await publishBulletin(actingAt(db, chief, '09:04'), approved).catch(refusalOf)).toMatchObject(refusal)
    expect(await alertOf(actingAt(db, chief, '09:05'), id)).toBeNull()
    // Its preview does not claim the whole city either.
    const preview = (await previewPage(db, draft.id)) as PublicPage
    const told = { language: 'vi', shape: 'doc', home: 'https://hanoi.example', at } as const
    expect(pictureWords(preview, told).facts).toContainEqual({ label: 'Địa bàn', words: 'Chưa chọn địa bàn' })
    expect(preview.loudspeaker.text).not.toMatch(/toàn thành phố/i)
    const city = contentOf('Ngập sâu', { alert: alertPanelOf() })
    const chosen = await buildBulletin(db, { state: 'approved', content: city, ...by })
    await publishBulletin(actingAt(db, chief, '09:06'), { id: chosen.id, version: 1, acknowledged: [] })
    const [message] = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, chosen.id))
    expect(message?.message.info[0]?.area.map(({ areaDesc }) => areaDesc)).toEqual(['Thành phố Hà Nội'])
  })
})
