import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { accounts, reportAnswers, settings } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { sendBackInput } from '../rules/schemas.ts'
import { approveAnswer, sendBackAnswer } from './approve-answer.ts'
import { submitAnswer } from './submit-answer.ts'

const words = { what: 'Đã dọn', where: 'Số 20', when: 'Sáng nay', ...fixed, next: '', photoIds: [] }

/** A report whose answer was written by an account that is an approver too. */
async function ownAnswer(db: Database, colleagues: number) {
  const agency = await buildAgency(db)
  const author = await buildActor(db, ['officer', 'approver'], agency)
  for (let i = 0; i < colleagues; i++) await buildActor(db, 'officer', agency)
  const report = await buildReport(db, { state: 'awaiting_approval', agencyId: agency.id, authorId: author.id })
  return { agency, author, report }
}

describe('no one approves their own answer', () => {
  test('not through the commands', async ({ db }) => {
    const { author, report } = await ownAnswer(db, 1)
    await expect(approveAnswer(actingAt(db, author, '14:00'), seen(report))).rejects.toThrow('own_answer')
    expect((await storyOf(db, report.id)).report).toEqual(report)
  })

  test('not directly: the database refuses the row', async ({ db, sql }) => {
    const { author, report } = await ownAnswer(db, 1)
    const cheat = sql`update report_answers set reviewer_id = ${author.id}, status = 'queued' where report_id = ${report.id}`
    await expect(cheat).rejects.toMatchObject({ code: '23514', constraint_name: 'report_answers_two_persons' })
    const forged = sql`
      insert into report_answers (report_id, round, status, author_id, reviewer_id, what, outcome, created_at)
      values (${report.id}, 9, 'sent', ${author.id}, ${author.id}, 'x', 'fixed', now())`
    await expect(forged).rejects.toMatchObject({ code: '23514' })
  })

  test('nor one with a day that is not planned, or a plan without one', async ({ db, sql }) => {
    const { report } = await ownAnswer(db, 1)
    for (const cheat of [
      sql`update report_answers set outcome = 'planned' where report_id = ${report.id}`,
      sql`update report_answers set planned_for = '2026-04-01' where report_id = ${report.id}`,
      sql`update report_answers set outcome = 'not_ours' where report_id = ${report.id}`,
      sql`update report_answers set outcome = null where report_id = ${report.id}`,
    ])
      await expect(cheat).rejects.toMatchObject({ code: '23514', constraint_name: 'report_answers_outcome' })
  })

  test('not by a change of role in between', async ({ db }) => {
    const { agency, report } = await ownAnswer(db, 1)
    const officer = await buildAccount(db, { agency, roles: ['officer'] })
    const mine = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const submitted = await submitAnswer(actingAt(db, officer.actor, '10:00'), { ...seen(mine), ...words })
    const promoted = {
      ...officer.actor,
      grants: officer.actor.grants.map((grant) => ({ ...grant, role: 'approver' as const })),
    }
    await expect(approveAnswer(actingAt(db, promoted, '11:00'), seen(submitted))).rejects.toThrow('own_answer')
    await expect(approveAnswer(actingAt(db, promoted, '11:00'), seen(report))).resolves.toMatchObject({
      state: 'answered',
    })
  })
})

describe('the only account of an agency', () => {
  test('may approve its own answers while the city allows it, and the answer records that', async ({ db }) => {
    const { author, report } = await ownAnswer(db, 0)
    await approveAnswer(actingAt(db, author, '14:00'), seen(report))
    const { answers, report: after } = await storyOf(db, report.id)
    expect(after.state).toBe('answered')
    expect(answers).toMatchObject([{ authorId: author.id, reviewerId: author.id, soleAccount: true }])
  })

  test('may not where the city does not allow it', async ({ db }) => {
    const { author, report } = await ownAnswer(db, 0)
    await db.insert(settings).values({ key: 'soleAccountMayApprove', value: false })
    await expect(approveAnswer(actingAt(db, author, '14:00'), seen(report))).rejects.toThrow('own_answer')
    await db.delete(settings)
  })

  test('becomes the only one again when its colleague has left', async ({ db }) => {
    const { agency, author, report } = await ownAnswer(db, 0)
    const colleague = await buildActor(db, 'officer', agency)
    await expect(approveAnswer(actingAt(db, author, '14:00'), seen(report))).rejects.toThrow('own_answer')
    await db.update(accounts).set({ isActive: false }).where(eq(accounts.id, colleague.id))
    await expect(approveAnswer(actingAt(db, author, '14:00'), seen(report))).resolves.toMatchObject({
      state: 'answered',
    })
  })
})

test('an approved answer counts at once, stops the clock and is sent after the undo time', async ({ db }) => {
  const { agency, officer, approver } = await buildTeam(db)
  const report = await buildReport(db, { state: 'awaiting_approval', agencyId: agency.id, authorId: officer.id })
  await approveAnswer(actingAt(db, approver, '15:00'), seen(report))
  const { report: after, resolution, answers, lastEvent } = await storyOf(db, report.id)
  const [answer] = answers
  const sendAt = new Date(hanoi('2026-03-02 15:00').getTime() + 15_000)
  expect(after).toMatchObject({
    state: 'answered',
    stateBefore: 'awaiting_approval',
    answeredAt: hanoi('2026-03-02 15:00'),
    dueAt: null,
  })
  expect(resolution).toMatchObject({ stoppedAt: hanoi('2026-03-02 15:00'), dueAt: report.dueAt })
  expect(answer).toMatchObject({
    status: 'queued',
    reviewerId: approver.id,
    reviewedAt: hanoi('2026-03-02 15:00'),
    soleAccount: false,
    sendAt,
    sentAt: null,
  })
  expect(await jobsUnder(db, `send_answer:${answer?.id}`)).toMatchObject([{ task: 'send_answer', runAt: sendAt }])
  expect(lastEvent).toMatchObject({
    event: 'report.answer_approved',
    actorId: approver.id,
    fromState: 'awaiting_approval',
    toState: 'answered',
    details: { answerId: answer?.id, sendAt: sendAt.toISOString() },
  })
})

test('the undo time is a setting of the city', async ({ db }) => {
  const { agency, approver } = await buildTeam(db)
  await db.insert(settings).values({ key: 'undoSeconds', value: 30 })
  const report = await buildReport(db, { state: 'awaiting_approval', agencyId: agency.id })
  await approveAnswer(actingAt(db, approver, '15:00'), seen(report))
  const [answer] = (await storyOf(db, report.id)).answers
  expect(answer?.sendAt?.getTime()).toBe(hanoi('2026-03-02 15:00').getTime() + 30_000)
  await db.delete(settings)
})

describe('sending back', () => {
  test('an answer needs remarks', () => {
    expect(() => sendBackInput.parse({ reportId: 1, version: 1, remarks: ' ' })).toThrow('required')
  })

  test('returns the answer to the officer with remarks; the clock never stopped, the next one is a new row', async ({
    db,
  }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const report = await buildReport(db, { state: 'awaiting_approval', agencyId: agency.id, authorId: officer.id })
    const back = await sendBackAnswer(actingAt(db, approver, '15:00'), { ...seen(report), remarks: 'Thiếu ảnh' })
    const { report: after, answers, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ state: 'in_progress', dueAt: report.dueAt })
    expect(answers).toMatchObject([{ status: 'sent_back', remarks: 'Thiếu ảnh', reviewerId: approver.id }])
    expect(lastEvent).toMatchObject({ event: 'report.answer_sent_back', details: { remarks: 'Thiếu ảnh' } })
    const again = await submitAnswer(actingAt(db, officer, '15:30'), { ...seen(back), ...words })
    await approveAnswer(actingAt(db, approver, '16:00'), seen(again))
    const statuses = await db
      .select({ status: reportAnswers.status })
      .from(reportAnswers)
      .where(eq(reportAnswers.reportId, report.id))
      .orderBy(reportAnswers.createdAt)
    expect(statuses.map(({ status }) => status)).toEqual(['sent_back', 'queued'])
  })

  test('lets an approver return their own answer to themself', async ({ db }) => {
    const { author, report } = await ownAnswer(db, 1)
    const back = await sendBackAnswer(actingAt(db, author, '15:00'), { ...seen(report), remarks: 'Tôi sửa lại' })
    expect(back.state).toBe('in_progress')
  })
})
