import { describe, expect } from 'vitest'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { countMyDrafts, draftsOn, myDrafts } from '../queries/drafts.ts'
import { addNote } from './add-note.ts'
import { dropDraft, forgetOldDrafts, keepDraft, shareDraft } from './drafts.ts'
import { mergeReport } from './merge-report.ts'
import { returnReport } from './return-report.ts'
import { submitAnswer } from './submit-answer.ts'

const answer = (what: string) => ({
  kind: 'answer' as const,
  value: { what, where: '', when: '', next: '', without: [] },
})

describe('saving a draft', () => {
  test('continues from the text saved last, and leaves nothing in the log', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    const before = (await storyOf(db, reportId)).events.length
    const first = await keepDraft(actingAt(db, officer, '10:00'), { reportId, ...answer('Đã'), base: null })
    if (!first.kept) throw new Error('not kept')
    const second = await keepDraft(actingAt(db, officer, '10:01'), {
      reportId,
      ...answer('Đã cắt'),
      base: first.savedAt,
    })
    expect(second.kept).toBe(true)
    const { mine } = await draftsOn(actingAt(db, officer, '10:02'), reportId)
    expect(mine).toMatchObject([{ kind: 'answer', value: { what: 'Đã cắt' }, sharedAt: null }])
    expect((await storyOf(db, reportId)).events).toHaveLength(before)
  })

  test('never overwrites text the tab has not seen, and returns it', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    await keepDraft(actingAt(db, officer, '10:00'), { reportId, ...answer('Từ máy bàn'), base: null })
    const other = await keepDraft(actingAt(db, officer, '10:01'), { reportId, ...answer('Từ điện thoại'), base: null })
    expect(other).toMatchObject({ kept: false, theirs: { value: { what: 'Từ máy bàn' } } })
    const again = await keepDraft(actingAt(db, officer, '10:02'), { reportId, ...answer('Từ máy bàn'), base: null })
    expect(again).toMatchObject({ kept: true })
  })

  test('does not restore text that was sent or discarded meanwhile', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    const ctx = actingAt(db, officer, '10:00')
    const first = await keepDraft(ctx, { reportId, ...answer('Đã cắt'), base: null })
    await dropDraft(ctx, { reportId, kind: 'answer' })
    const late = await keepDraft(actingAt(db, officer, '10:01'), {
      reportId,
      ...answer('Đã cắt cành'),
      base: first.kept ? first.savedAt : null,
    })
    expect(late).toEqual({ kept: false, theirs: null })
    expect(await countMyDrafts(ctx)).toBe(0)
  })

  test('is allowed to those who may see the report', async ({ db }) => {
    const [here, elsewhere] = [await buildTeam(db), await buildTeam(db)]
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: here.agency.id })
    const kept = keepDraft(actingAt(db, elsewhere.officer, '10:00'), { reportId, ...answer('Đã'), base: null })
    await expect(kept).rejects.toThrow('not_found')
  })
})

describe('a draft', () => {
  test('is deleted once its text is sent', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    const ctx = actingAt(db, officer, '10:00')
    const note = { reportId: report.id, kind: 'note' as const, value: { id: '', body: 'Đã gọi' }, base: null }
    await keepDraft(ctx, { reportId: report.id, ...answer('Đã cắt'), base: null })
    await keepDraft(ctx, note)
    const written = { what: 'Đã cắt', where: 'Hàng Bài', when: 'sáng nay', ...fixed, next: '', photoIds: [] }
    await submitAnswer(ctx, { ...seen(report), ...written })
    expect(await myDrafts(ctx)).toMatchObject([{ kind: 'note', code: report.code, excerpt: 'Đã gọi' }])
    await addNote(ctx, { reportId: report.id, id: crypto.randomUUID(), body: 'Đã gọi' })
    expect(await countMyDrafts(ctx)).toBe(0)
  })

  test('survives another assignee, another state and a merge', async ({ db }) => {
    const { agency, officer, dispatcher } = await buildTeam(db)
    const held = { state: 'in_progress' as const, agencyId: agency.id, heldBy: [agency.id] }
    const [returned, merged, canonical] = [
      await buildReport(db, held),
      await buildReport(db, held),
      await buildReport(db, held),
    ]
    const ctx = actingAt(db, officer, '10:00')
    for (const { id } of [returned, merged]) await keepDraft(ctx, { reportId: id, ...answer('Đã cắt'), base: null })
    await returnReport(ctx, { ...seen(returned), reason: 'Không thuộc địa bàn' })
    await mergeReport(actingAt(db, dispatcher, '10:01'), { ...seen(merged), intoReportId: canonical.id })
    const codes = (await myDrafts(ctx)).map(({ code, state }) => [code, state])
    expect(codes).toEqual(
      expect.arrayContaining([
        [returned.code, 'awaiting_intake'],
        [merged.code, 'merged'],
      ]),
    )
  })

  test('is deleted a month after its last change', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    await keepDraft(actingAt(db, officer, '2026-03-02 10:00'), { reportId, ...answer('Đã'), base: null })
    await forgetOldDrafts(actingAt(db, officer, '2026-04-01 09:00'))
    expect(await countMyDrafts(actingAt(db, officer, '10:00'))).toBe(1)
    await forgetOldDrafts(actingAt(db, officer, '2026-04-01 11:00'))
    expect(await countMyDrafts(actingAt(db, officer, '10:00'))).toBe(0)
  })
})

describe('sharing a draft', () => {
  test('lets the agency read it, and no one else; it is logged', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const helper = await buildTeam(db)
    const heldBy = [agency.id, helper.agency.id]
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy })
    const ctx = actingAt(db, officer, '10:00')
    const on = async (actor: typeof approver) => (await draftsOn(actingAt(db, actor, '10:05'), reportId)).shared
    await keepDraft(ctx, { reportId, ...answer('Đã cắt'), base: null })
    expect(await on(approver)).toEqual([])
    await shareDraft(ctx, { reportId, kind: 'answer', isShared: true })
    expect(await on(approver)).toMatchObject([{ author: { name: 'Trần Văn Hùng' }, value: { what: 'Đã cắt' } }])
    expect(await on(helper.officer)).toEqual([])
    expect((await storyOf(db, reportId)).lastEvent).toMatchObject({
      event: 'report.draft_shared',
      actorId: officer.id,
      version: null,
      details: { kind: 'answer' },
    })
    await shareDraft(ctx, { reportId, kind: 'answer', isShared: false })
    expect(await on(approver)).toEqual([])
  })

  test('needs a draft', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    const shared = shareDraft(actingAt(db, officer, '10:00'), { reportId, kind: 'answer', isShared: true })
    await expect(shared).rejects.toThrow('no_draft')
  })
})
