import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { reportAnswers } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { approveAnswer } from './approve-answer.ts'
import { changeCategory, changeSeverity } from './change-report.ts'
import { rejectReport } from './reject-report.ts'
import { sendAnswer } from './send-answer.ts'
import { answerReport } from './submit-answer.ts'
import { withdrawAnswer } from './withdraw-answer.ts'

const words = { what: 'Đã dọn', where: 'Số 20', when: 'Sáng nay', ...fixed, next: '', photoIds: [] }

async function approved(db: Database) {
  const team = await buildTeam(db)
  const waiting = await buildReport(db, { state: 'awaiting_approval', agencyId: team.agency.id })
  const before = await storyOf(db, waiting.id)
  const moved = await approveAnswer(actingAt(db, team.approver, '15:00'), seen(waiting))
  return { ...team, before, moved }
}

/** The content of a report, without the trace that every change leaves. */
const essence = ({ report, clocks }: Awaited<ReturnType<typeof storyOf>>) => ({
  report: { ...report, version: 0, lastActivityAt: null, lastActivityBy: null },
  clocks,
})

describe('withdrawn before it is sent', () => {
  test('an approved answer waits for its approval again, and everything is as it was', async ({ db }) => {
    const { officer, before, moved, approver } = await approved(db)
    const back = await withdrawAnswer(actingAt(db, officer, '15:00'), seen(moved))
    const after = await storyOf(db, moved.id)
    expect(essence(after)).toEqual(essence(before))
    expect(after.answers).toEqual(before.answers)
    expect(after.lastEvent).toMatchObject({
      event: 'report.answer_withdrawn',
      fromState: 'answered',
      toState: 'awaiting_approval',
      details: { answerId: before.answers[0]?.id },
    })
    await approveAnswer(actingAt(db, approver, '16:00'), seen(back))
    const again = await storyOf(db, moved.id)
    expect(again.report.state).toBe('answered')
    expect(await jobsUnder(db, `send_answer:${again.answers[0]?.id}`)).toMatchObject([
      { runAt: again.answers[0]?.sendAt },
    ])
  })

  test('an answer whose author may approve it as the only account keeps that right', async ({ db }) => {
    const { agency, approver } = await buildTeam(db)
    const waiting = await buildReport(db, { state: 'awaiting_approval', agencyId: agency.id })
    await db.update(reportAnswers).set({ soleAccount: true }).where(eq(reportAnswers.reportId, waiting.id))
    const { answers: before } = await storyOf(db, waiting.id)
    const moved = await approveAnswer(actingAt(db, approver, '15:00'), seen(waiting))
    await withdrawAnswer(actingAt(db, approver, '15:00'), seen(moved))
    expect((await storyOf(db, waiting.id)).answers).toEqual(before)
  })

  test('an answer given at once is in work again; its text stays in the history', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode, waiting: true })
    const before = await storyOf(db, report.id)
    const moved = await answerReport(actingAt(db, officer, '15:00'), { ...seen(report), ...words })
    const back = await withdrawAnswer(actingAt(db, officer, '15:00'), seen(moved))
    const after = await storyOf(db, report.id)
    expect(back.state).toBe('in_progress')
    expect(essence(after)).toEqual(essence(before))
    expect(after.answers).toMatchObject([{ status: 'withdrawn', sendAt: null }])
    await expect(answerReport(actingAt(db, officer, '15:01'), { ...seen(back), ...words })).resolves.toBeTruthy()
  })

  test('what a colleague set meanwhile applies to the clock that runs on', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const [plain, brief] = [
      await buildCategory(db, { needsApproval: false }),
      await buildCategory(db, { needsApproval: false, urgentMinutes: 60 }),
    ]
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode: plain.code })
    const answered = await answerReport(actingAt(db, officer, '15:00'), { ...seen(report), ...words })
    const soon = new Date(hanoi('2026-03-02 15:00').getTime() + 5000)
    const ctx = { db, actor: approver, now: () => soon }
    const urgent = await changeSeverity(ctx, { ...seen(answered), severity: 'urgent', reason: '' })
    const moved = await changeCategory(ctx, { ...seen(urgent), categoryCode: brief.code })
    await withdrawAnswer({ ...ctx, actor: officer }, seen(moved))
    const { report: after, resolution } = await storyOf(db, report.id)
    expect(resolution?.targetMinutes).toBe(60)
    expect(after.dueAt).toEqual(hanoi('2026-03-02 10:00'))
  })

  test('a rejected report is at the dispatchers again with its intake clock', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db)
    const before = await storyOf(db, report.id)
    const ctx = actingAt(db, dispatcher, '10:00')
    const moved = await rejectReport(ctx, { ...seen(report), reason: 'out_of_scope', answer: 'Không thuộc thẩm quyền' })
    await withdrawAnswer(ctx, seen(moved))
    const after = await storyOf(db, report.id)
    expect(essence(after)).toEqual(essence(before))
    expect(after.answers).toMatchObject([{ status: 'withdrawn' }])
  })

  test('and so is one rejected without an answer', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db)
    const before = await storyOf(db, report.id)
    const ctx = actingAt(db, dispatcher, '10:00')
    const moved = await rejectReport(ctx, { ...seen(report), reason: 'spam', answer: '' })
    await withdrawAnswer(ctx, seen(moved))
    const after = await storyOf(db, report.id)
    expect(essence(after)).toEqual(essence(before))
    expect(after.answers).toEqual([])
  })
})

describe('too late', () => {
  test('is the moment at which it is sent', async ({ db }) => {
    const { officer, moved } = await approved(db)
    const leaving = { ...actingAt(db, officer, '15:00'), now: () => new Date('2026-03-02T08:00:15.000Z') }
    await expect(withdrawAnswer(leaving, seen(moved))).rejects.toThrow('answer_left')
    const just = { ...leaving, now: () => new Date('2026-03-02T08:00:14.999Z') }
    await expect(withdrawAnswer(just, seen(moved))).resolves.toMatchObject({ state: 'awaiting_approval' })
  })

  test('is after the answer was sent, whatever the clock says', async ({ db }) => {
    const { officer, moved, before } = await approved(db)
    await sendAnswer(actingAt(db, robot, '15:01'), before.answers[0]?.id ?? '')
    await expect(withdrawAnswer(actingAt(db, officer, '15:00'), seen(moved))).rejects.toThrow('answer_left')
  })

  test('is the same moment for spam, which was rejected without an answer', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db)
    const ctx = actingAt(db, dispatcher, '10:00')
    const moved = await rejectReport(ctx, { ...seen(report), reason: 'spam', answer: '' })
    const leaving = { ...ctx, now: () => new Date('2026-03-02T03:00:15.000Z') }
    await expect(withdrawAnswer(leaving, seen(moved))).rejects.toThrow('answer_left')
  })
})
