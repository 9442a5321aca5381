import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { events, publicationCopies, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { changeCategory, changePlace } from '#server/reports/commands/change-report.ts'
import { followUp, requestFollowUp } from '#server/reports/commands/follow-up.ts'
import { mergeReport, unmergeReport } from '#server/reports/commands/merge-report.ts'
import { rateReport } from '#server/reports/commands/rate-report.ts'
import { rejectReport } from '#server/reports/commands/reject-report.ts'
import { returnReport } from '#server/reports/commands/return-report.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { withdrawAnswer } from '#server/reports/commands/withdraw-answer.ts'
import { awaitingCopies, copyOfReport } from '../queries/copies.ts'
import { publishedCopies } from '../queries/published-copies.ts'
import { personalDataShown } from '../rules/clearance.ts'
import { emptyLeftCopies } from './empty-left-copies.ts'
import { publishCopy, saveCopy, withdrawCopy } from './review-copy.ts'

const now = () => hanoi('2026-03-02 14:00')
const written = {
  title: 'Cây đổ trước nhà ông Nguyễn Văn Hùng',
  body: 'Gọi tôi số 0951 234 567, biển xe 29A-000.12.',
  address: 'Phố Hàng Bài',
  lon: 105.85,
  lat: 21.02,
}

async function buildScene(db: Database) {
  const agency = await buildAgency(db)
  const report = await buildReport(db, { ...written, state: 'in_progress', agencyId: agency.id })
  const { actor } = await buildAccount(db, { agency, roles: ['approver'] })
  const ctx = { db, actor, now }
  return { agency, report, ctx, input: await reviewed(ctx, report.id) }
}

/** What the reviewer sends who takes over what the rules propose. */
async function reviewed(ctx: { db: Database; actor: Actor }, reportId: number) {
  const { version, basis, proposed } = await copyOfReport({ ...ctx, now }, reportId)
  return { reportId, version, basis, ...proposed.texts, showsPoint: true, photos: [], cleared: [] }
}

const codesOf = async (db: Database) => (await publishedCopies(db)).copies.map(({ code }) => code)

describe('a publication copy', () => {
  test('is made from the report by itself, and is not public', async ({ db }) => {
    const { report, ctx } = await buildScene(db)
    const view = await copyOfReport(ctx, report.id)
    expect(view).toMatchObject({ state: 'draft', version: 0, kept: null, refusals: { publish: null } })
    expect(view.proposed.texts).toEqual({
      title: 'Cây đổ trước nhà ông [tên người]',
      body: 'Gọi tôi số [số điện thoại], biển xe [biển số xe].',
      address: 'Phố Hàng Bài',
    })
    expect(view.original.body).toBe(written.body)
    expect(await codesOf(db)).not.toContain(report.code)
    expect((await awaitingCopies(ctx, null)).copies.map(({ code }) => code)).toEqual([report.code])
  })

  test('is public once it is published, with the texts of the reviewer and nothing of the report', async ({ db }) => {
    const { report, ctx, input } = await buildScene(db)
    await publishCopy(ctx, { ...input, title: 'Cây đổ', showsPoint: false })
    const { copies } = await publishedCopies(db, { codes: [report.code] })
    expect(copies).toMatchObject([{ code: report.code, title: 'Cây đổ', body: input.body, point: null }])
    expect(JSON.stringify(copies)).not.toContain('0951')
    expect((await awaitingCopies(ctx, null)).copies).toEqual([])
    const log = await db.select().from(events).where(eq(events.event, 'report.copy_published'))
    expect(log).toMatchObject([{ reportId: report.id, actorId: ctx.actor.id, details: { showsPoint: false } }])
  })

  test('is refused while the rules still see personal data in it that the reviewer has not cleared', async ({ db }) => {
    const { report, ctx, input } = await buildScene(db)
    const body = 'Gọi 0951 234 567, gặp ông Trần Văn Nam'
    const shown = [
      { part: 'body', kind: 'phone', text: '0951 234 567' },
      { part: 'body', kind: 'name', text: 'Trần Văn Nam' },
    ] as const
    const refused = { code: 'copy_shows_personal_data', details: { shown } }
    await expect(publishCopy(ctx, { ...input, body })).rejects.toMatchObject(refused)
    await expect(publishCopy(ctx, { ...input, body, cleared: [shown[0]] })).rejects.toMatchObject(refused)
    expect(await codesOf(db)).not.toContain(report.code)
    await publishCopy(ctx, { ...input, body, cleared: [...shown] })
    expect(await codesOf(db)).toContain(report.code)
    const log = await db.select().from(events).where(eq(events.reportId, report.id))
    expect(log.find(({ event }) => event === 'report.copy_published')?.details).toEqual({
      showsPoint: true,
      cleared: { phone: 1, name: 1 },
    })
  })

  test.for([
    ['another number', 'body', 'Gọi 0951 000 111'],
    ['the same number once more', 'body', 'Gọi 0951 234 567 hoặc 0951 234 567'],
    ['the same number elsewhere', 'title', 'Gọi 0951 234 567'],
  ] as const)('is refused where what was cleared is not %s', async ([, part, text], { db }) => {
    const { report, ctx, input } = await buildScene(db)
    const cleared = [{ part: 'body', kind: 'phone', text: '0951 234 567' }] as const
    const changed = { ...input, [part]: text, cleared: [...cleared] }
    await expect(publishCopy(ctx, changed)).rejects.toThrow('copy_shows_personal_data')
    expect(await codesOf(db)).not.toContain(report.code)
  })

  test.for([
    'Nhà tôi ở số 5 ngõ 12 phố Khâm Thiên, đường ngập',
    // The number names the whole range otherwise.
    'Nhà tôi số 5 ngõ 12 Khâm Thiên 0951234567 bị ngập',
  ])('keeps the point of a report inside that names a home, until it is cleared: %s', async (body, { db }) => {
    const { report, ctx } = await buildScene(db)
    await db.update(reports).set({ body }).where(eq(reports.id, report.id))
    expect(await copyOfReport(ctx, report.id)).toMatchObject({ hasPoint: true, showsPoint: false })
    const input = await reviewed(ctx, report.id)
    const cleared = personalDataShown(input, { ...written, body })
    expect(cleared).toEqual([{ part: 'point', kind: 'home', text: expect.stringContaining('số 5 ngõ 12') }])
    const refused = { code: 'copy_shows_personal_data', details: { shown: cleared } }
    await expect(publishCopy(ctx, input)).rejects.toMatchObject(refused)
    const { version } = await publishCopy(ctx, { ...input, showsPoint: false })
    await publishCopy(ctx, { ...input, version, cleared })
    const log = await db.select().from(events).where(eq(events.reportId, report.id))
    expect(log.flatMap(({ event, details }) => (event === 'report.copy_published' ? [details] : []))).toEqual([
      { showsPoint: false },
      { showsPoint: true, cleared: { home: 1 } },
    ])
  })

  test('is reviewed by dispatchers and approvers of its agency, and by no one else', async ({ db }) => {
    const { agency, report, input } = await buildScene(db)
    const city = await buildActor(db, 'dispatcher')
    for (const role of ['officer', 'manager', 'auditor'] as const) {
      const { actor } = await buildAccount(db, { agency, roles: [role] })
      await expect(publishCopy({ db, actor, now }, input)).rejects.toThrow('forbidden')
      await expect(copyOfReport({ db, actor, now }, report.id)).rejects.toThrow('forbidden')
      expect((await awaitingCopies({ db, actor }, null)).copies).toEqual([])
    }
    const foreign = await buildAccount(db, { agency: await buildAgency(db), roles: ['approver'] })
    await expect(publishCopy({ db, actor: foreign.actor, now }, input)).rejects.toThrow('not_found')
    await publishCopy({ db, actor: city, now }, input)
  })

  test('is not published of a report that is not taken in, rejected or merged', async ({ db }) => {
    const actor = await buildActor(db, 'dispatcher')
    const ctx = { db, actor, now }
    for (const state of ['awaiting_intake', 'rejected', 'merged'] as const) {
      const report = await buildReport(db, { ...written, state })
      await expect(publishCopy(ctx, await reviewed(ctx, report.id))).rejects.toThrow('wrong_state')
    }
  })

  test('is published once by two reviewers at the same time', async ({ db }) => {
    const { ctx, input } = await buildScene(db)
    const both = await Promise.allSettled([publishCopy(ctx, input), publishCopy(ctx, input)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
  })

  test('is not published when the text has changed since the reviewer read it', async ({ db }) => {
    const { report, ctx, input } = await buildScene(db)
    await db.update(reports).set({ body: 'Số mới 0951 000 111' }).where(eq(reports.id, report.id))
    await expect(publishCopy(ctx, input)).rejects.toThrow('copy_basis_changed')
  })

  test('is withdrawn with a reason, and stays so until it is published again', async ({ db }) => {
    const { report, ctx, input } = await buildScene(db)
    const { version } = await publishCopy(ctx, input)
    const withdrawn = await withdrawCopy(ctx, { reportId: report.id, version, reason: 'Còn tên người' })
    expect(await codesOf(db)).not.toContain(report.code)
    expect((await awaitingCopies(ctx, null)).copies).toEqual([])
    await expect(withdrawCopy(ctx, { ...withdrawn, reason: 'Lần nữa' })).rejects.toThrow('copy_already_withdrawn')
    await publishCopy(ctx, { ...input, version: withdrawn.version })
    expect(await codesOf(db)).toContain(report.code)
  })

  test('is no longer public while it is mended', async ({ db }) => {
    const { report, ctx, input } = await buildScene(db)
    const { version } = await publishCopy(ctx, input)
    await saveCopy(ctx, { ...input, version, title: 'Cây đổ' })
    expect(await codesOf(db)).not.toContain(report.code)
    expect(await copyOfReport(ctx, report.id)).toMatchObject({ state: 'draft', kept: { title: 'Cây đổ' } })
  })
})

describe('a published copy falls back to review', () => {
  test.for([
    ['its text', { body: 'Đã xóa theo yêu cầu' }, 'text_changed'],
    ['its title', { title: 'Khác' }, 'text_changed'],
    ['its point', { lon: 105.9 }, 'text_changed'],
  ] as const)('when %s changes', async ([, change, cause], { db }) => {
    const { report, ctx, input } = await buildScene(db)
    const { version } = await publishCopy(ctx, input)
    await db.update(reports).set(change).where(eq(reports.id, report.id))
    expect(await codesOf(db)).not.toContain(report.code)
    const [row] = await db.select().from(publicationCopies).where(eq(publicationCopies.reportId, report.id))
    expect(row).toMatchObject({
      state: 'draft',
      version: version + 1,
      cause,
      title: null,
      body: null,
      reviewerId: null,
    })
  })

  test('when its place is corrected, and not when its category is', async ({ db }) => {
    const { report, ctx, input } = await buildScene(db)
    const change = { reportId: report.id, version: report.version }
    await publishCopy(ctx, input)
    const { code } = await buildCategory(db)
    const recategorised = await changeCategory(ctx, { ...change, categoryCode: code })
    expect(await codesOf(db)).toContain(report.code)
    const place = { reportId: report.id, version: recategorised.version, address: 'Số 5 Hàng Bài', point: null }
    await changePlace(ctx, place)
    expect(await codesOf(db)).not.toContain(report.code)
  })

  test('and a withdrawn one stays withdrawn', async ({ db }) => {
    const { report, ctx, input } = await buildScene(db)
    const { version } = await publishCopy(ctx, input)
    await withdrawCopy(ctx, { reportId: report.id, version, reason: 'Còn tên người' })
    await db.update(reports).set({ body: 'Khác' }).where(eq(reports.id, report.id))
    expect(await copyOfReport(ctx, report.id)).toMatchObject({ state: 'withdrawn', kept: null })
  })
})

describe('a published copy, while the decision that takes it from the public can be undone', () => {
  const live = async (db: Database) => {
    const scene = await buildScene(db)
    const ctx = { db, actor: await buildActor(db, 'dispatcher'), now: () => new Date() }
    await publishCopy(scene.ctx, scene.input)
    const { id: reportId, version } = scene.report
    const other = await buildReport(db, { state: 'in_progress', agencyId: scene.agency.id })
    const merge = () => mergeReport(ctx, { reportId, version, intoReportId: other.id })
    const is = eq(publicationCopies.reportId, reportId)
    const copy = async () => (await db.select().from(publicationCopies).where(is))[0]
    const past = new Date(Date.now() - 1000)
    const endHold = () => db.update(publicationCopies).set({ leavesAt: past }).where(is)
    const shown = async () => (await publishedCopies(db, { codes: [scene.report.code] })).copies
    return { ...scene, ctx, reportId, version, merge, copy, past, endHold, shown }
  }

  test('stays public after a merge, as in progress, and remains after its undo', async ({ db }) => {
    const { report, ctx, reportId, merge, shown } = await live(db)
    const { version } = await merge()
    expect(await shown()).toMatchObject([{ code: report.code, state: 'in_progress', agencyId: null, dueAt: null }])
    await unmergeReport(ctx, { reportId, version })
    expect(await shown()).toHaveLength(1)
    expect(await copyOfReport(ctx, reportId)).toMatchObject({ state: 'published', cause: null })
  })

  test('leaves immediately at the end of the undo period, and is emptied', async ({ db }) => {
    const { ctx, reportId, merge, copy, endHold, shown } = await live(db)
    await merge()
    expect(await shown()).toHaveLength(1)
    await endHold()
    expect(await shown()).toEqual([])
    expect(await copyOfReport(ctx, reportId)).toMatchObject({ state: 'draft', kept: null })
    expect(await emptyLeftCopies(ctx)).toBe(1)
    const emptied = { state: 'draft', cause: 'merged', title: null, leavesAt: null, publishedAt: null }
    expect(await copy()).toMatchObject(emptied)
  })

  test('leaves at once when its text changes meanwhile', async ({ db }) => {
    const { reportId, merge, shown } = await live(db)
    await merge()
    await db.update(reports).set({ body: 'Đã xóa theo yêu cầu' }).where(eq(reports.id, reportId))
    expect(await shown()).toEqual([])
  })

  test('does not come back when its report is separated later', async ({ db }) => {
    const { ctx, reportId, merge, copy, endHold, shown } = await live(db)
    const { version } = await merge()
    await endHold()
    await unmergeReport(ctx, { reportId, version })
    expect(await shown()).toEqual([])
    expect(await copy()).toMatchObject({ state: 'draft', cause: 'merged', body: null })
  })

  test('stays when its report is returned, and leaves when that is final', async ({ db }) => {
    const { agency, reportId, version, past, shown } = await live(db)
    const { actor } = await buildAccount(db, { agency, roles: ['officer'] })
    const ctx = { db, actor, now: () => new Date() }
    const returned = await returnReport(ctx, {
      reportId,
      version,
      reason: 'Không thuộc địa bàn',
      suggestedAgencyId: null,
    })
    expect(await shown()).toMatchObject([{ state: 'in_progress', agencyId: null }])
    await takeBack(ctx, { reportId, version: returned.version })
    expect(await shown()).toHaveLength(1)
    const again = { reportId, reason: 'Không thuộc địa bàn', suggestedAgencyId: null }
    await returnReport(ctx, { ...again, version: returned.version + 1 })
    await db.update(reports).set({ releasedAt: past }).where(eq(reports.id, reportId))
    expect(await shown()).toEqual([])
  })

  test.for([true, false])('stays handled after a follow-up that needs approval: %s', async (needsApproval, { db }) => {
    const agency = await buildAgency(db)
    const { code: categoryCode } = await buildCategory(db, { needsApproval })
    const report = await buildReport(db, { ...written, state: 'answered', agencyId: agency.id, categoryCode })
    const { actor } = await buildAccount(db, { agency, roles: ['officer', 'approver'] })
    const ctx = { db, actor, now: () => new Date() }
    await publishCopy(ctx, await reviewed(ctx, report.id))
    const shown = async () =>
      (await publishedCopies(db, { codes: [report.code] })).copies.filter(({ state }) => state === 'answered')
    const [before] = await shown()
    expect(before).toMatchObject({ agencyId: agency.id })
    const words = { what: 'Đã sửa xong', where: 'Số 20', when: 'Hôm nay', next: '', photoIds: [], ...fixed }
    const move = needsApproval ? requestFollowUp : followUp
    await move(ctx, { reportId: report.id, version: report.version, ...words })
    const [row] = await db.select().from(reports).where(eq(reports.id, report.id))
    expect(row?.releasedAt?.getTime()).toBeGreaterThan(Date.now())
    const [after] = await shown()
    expect(after).toEqual({ ...before, changedAt: expect.any(Date) })
    expect(after?.changedAt.getTime()).toBeLessThanOrEqual(Date.now())
  })

  test('stays answered after a rating that staff have recorded', async ({ db }) => {
    const { ctx, agency } = await live(db)
    const answered = { ...written, state: 'answered', agencyId: agency.id, answeredAt: new Date() } as const
    const report = await buildReport(db, answered)
    await publishCopy(ctx, await reviewed(ctx, report.id))
    const seen = { reportId: report.id, version: report.version }
    const rated = await rateReport(ctx, { ...seen, rating: 'satisfied', channel: 'hotline', words: '' })
    expect(rated.state).toBe('closed')
    const { copies } = await publishedCopies(db, { codes: [report.code] })
    expect(copies).toMatchObject([{ state: 'answered', agencyId: agency.id }])
  })

  test('is not shown, nor lost, when a report that waits for intake is rejected and that is undone', async ({ db }) => {
    const { ctx, reportId, version, copy, shown } = await live(db)
    await db.update(reports).set({ state: 'awaiting_intake', agencyId: null }).where(eq(reports.id, reportId))
    const end = { reason: 'out_of_scope', answer: 'Ngoài phạm vi' } as const
    const rejected = await rejectReport(ctx, { reportId, version, ...end })
    expect(await shown()).toEqual([])
    await withdrawAnswer(ctx, { reportId, version: rejected.version })
    expect(await shown()).toEqual([])
    expect(await copy()).toMatchObject({ state: 'published', title: expect.any(String), leavesAt: null })
  })
})

test('the database refuses to publish what nobody has reviewed', async ({ db }) => {
  const { report } = await buildScene(db)
  const row = { reportId: report.id, receivedAt: now(), state: 'published', publishedAt: now() } as const
  await expect(db.insert(publicationCopies).values(row)).rejects.toThrow()
  const texts = { title: 'Cây đổ', body: 'Cây đổ', address: '' }
  await expect(db.insert(publicationCopies).values({ ...row, ...texts })).rejects.toThrow()
})

test('published copies are paged newest first by key, and narrowed', async ({ db }) => {
  const { agency, ctx } = await buildScene(db)
  const received: string[] = []
  for (const minute of ['08:01', '08:02', '08:02', '08:03']) {
    const receivedAt = hanoi(`2026-03-02 ${minute}`)
    const { id, code } = await buildReport(db, { ...written, state: 'in_progress', agencyId: agency.id, receivedAt })
    await publishCopy(ctx, await reviewed(ctx, id))
    received.unshift(code)
  }
  const first = await publishedCopies(db, { limit: 3, codes: received })
  const rest = await publishedCopies(db, { limit: 3, codes: received, cursor: first.next })
  expect([...first.copies, ...rest.copies].map(({ code }) => code)).toEqual(received)
  expect(rest.next).toBeNull()
  const narrow = { codes: received, receivedFrom: hanoi('2026-03-02 08:02'), receivedBefore: hanoi('2026-03-02 08:03') }
  expect((await publishedCopies(db, narrow)).copies).toHaveLength(2)
})
