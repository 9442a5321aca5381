import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor, standingInFor } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { answerPhotos } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { answerInput } from '../rules/schemas.ts'
import { approveAnswer, sendBackAnswer } from './approve-answer.ts'
import { assignPerson } from './assign-person.ts'
import { answerReport, submitAnswer } from './submit-answer.ts'

const words = {
  what: 'Đã cắt dọn',
  where: 'Trước số 20',
  when: 'Sáng 02/3',
  ...fixed,
  next: '',
  photoIds: [] as string[],
}

describe('an answer is refused', () => {
  test('that does not say what was done, where and when', () => {
    for (const part of ['what', 'where', 'when']) {
      expect(() => answerInput.parse({ reportId: 1, version: 1, ...words, [part]: '' })).toThrow('required')
    }
  })

  test('that states no outcome, or a plan for a day that has passed', async ({ db }) => {
    expect(() => answerInput.parse({ reportId: 1, version: 1, ...words, outcome: '' })).toThrow('required')
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const plan = (plannedFor: string) =>
      submitAnswer(actingAt(db, officer, '10:00'), { ...seen(report), ...words, outcome: 'planned', plannedFor })
    await expect(plan('2026-03-01')).rejects.toThrow('planned_passed')
    await expect(plan('2036-03-02')).rejects.toThrow('planned_too_far')
    await expect(plan('2026-03-02')).resolves.toMatchObject({ state: 'awaiting_approval' })
  })

  test('that bypasses the approver where approval is required, and that is submitted where it is not', async ({
    db,
  }) => {
    const { agency, officer } = await buildTeam(db)
    const strict = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
    const free = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode })
    const ctx = actingAt(db, officer, '10:00')
    await expect(answerReport(ctx, { ...seen(strict), ...words })).rejects.toThrow('approval_needed')
    await expect(submitAnswer(ctx, { ...seen(free), ...words })).rejects.toThrow('no_approval_needed')
  })
})

test('an answer is not written without its chosen photos', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const hanging = await buildPhoto(db, report.id, { kind: 'proof' })
  const before = await storyOf(db, report.id)
  for (const missing of [randomUUID(), await buildPhoto(db, report.id, { kind: 'staff' })]) {
    const answer = { ...seen(report), ...words, photoIds: [hanging, missing] }
    await expect(submitAnswer(actingAt(db, officer, '14:00'), answer)).rejects.toThrow('photo_missing')
  }
  expect((await storyOf(db, report.id)).answers).toEqual(before.answers)
  const twice = { ...seen(report), ...words, photoIds: [hanging, hanging] }
  await expect(submitAnswer(actingAt(db, officer, '14:00'), twice)).resolves.toMatchObject({
    state: 'awaiting_approval',
  })
})

describe('where only the assignee answers', () => {
  /** Hùng is the assignee; Minh is a colleague. */
  async function heldByHung(db: Database, wanted: { needsApproval?: boolean } = {}) {
    const team = await buildTeam(db, { onlyAssigneeAnswers: true })
    const { code: categoryCode } = await buildCategory(db, wanted)
    const at = { state: 'in_progress', agencyId: team.agency.id, categoryCode } as const
    const minh = await buildActor(db, 'officer', team.agency, 'Lê Văn Minh')
    return { ...team, minh, at, report: await buildReport(db, { ...at, assigneeId: team.officer.id }) }
  }

  test('a colleague is refused until they take over the report; its approver may still send back and approve', async ({
    db,
  }) => {
    const { minh, officer, approver, report } = await heldByHung(db)
    for (const actor of [minh, approver]) {
      const given = submitAnswer(actingAt(db, actor, '10:00'), { ...seen(report), ...words })
      await expect(given).rejects.toMatchObject({ code: 'not_assignee' })
    }
    expect((await storyOf(db, report.id)).answers).toEqual([])
    const taken = await assignPerson(actingAt(db, minh, '10:05'), { ...seen(report), accountId: minh.id })
    const late = submitAnswer(actingAt(db, officer, '10:06'), { ...seen(taken), ...words })
    await expect(late).rejects.toMatchObject({ code: 'not_assignee' })
    let last = await submitAnswer(actingAt(db, minh, '10:10'), { ...seen(taken), ...words })
    last = await sendBackAnswer(actingAt(db, approver, '10:15'), { ...seen(last), remarks: 'Thiếu giờ' })
    last = await submitAnswer(actingAt(db, minh, '10:20'), { ...seen(last), ...words })
    await expect(approveAnswer(actingAt(db, approver, '10:25'), seen(last))).resolves.toMatchObject({
      state: 'answered',
    })
  })

  test('the same for sending at once; without an assignee anyone answers, and an assignee’s substitute may', async ({
    db,
  }) => {
    const { minh, officer, at, report } = await heldByHung(db, { needsApproval: false })
    const given = answerReport(actingAt(db, minh, '10:00'), { ...seen(report), ...words })
    await expect(given).rejects.toMatchObject({ code: 'not_assignee' })
    const free = await buildReport(db, at)
    await expect(answerReport(actingAt(db, minh, '10:00'), { ...seen(free), ...words })).resolves.toBeTruthy()
    await answerReport(actingAt(db, standingInFor(minh, officer), '10:05'), { ...seen(report), ...words })
    expect((await storyOf(db, report.id)).answers).toMatchObject([{ authorId: minh.id, authorFor: officer.id }])
  })
})

test('a submitted answer waits for the approver while the clock runs on; its proof is attached to it', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const fileId = await buildPhoto(db, report.id, { kind: 'proof' })
  await submitAnswer(actingAt(db, officer, '14:00'), { ...seen(report), ...words, photoIds: [fileId] })
  const { report: after, resolution, answers, lastEvent } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'awaiting_approval', dueAt: report.dueAt, answeredAt: null })
  expect(resolution?.stoppedAt).toBeNull()
  expect(answers).toMatchObject([
    {
      status: 'submitted',
      kind: 'answer',
      round: 1,
      authorId: officer.id,
      agencyId: agency.id,
      what: 'Đã cắt dọn',
      whereDone: 'Trước số 20',
      whenDone: 'Sáng 02/3',
      sendAt: null,
      reviewerId: null,
    },
  ])
  expect(lastEvent).toMatchObject({ event: 'report.answer_submitted', details: { answerId: answers[0]?.id } })
  expect(await db.select().from(answerPhotos).where(eq(answerPhotos.fileId, fileId))).toEqual([
    { answerId: answers[0]?.id, fileId },
  ])
  expect(await jobsUnder(db, `send_answer:${answers[0]?.id}`)).toEqual([])
})

test('a wait for another agency ends with the answer, so that the clock runs while the approver decides', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, waiting: true })
  await submitAnswer(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
  const { report: after } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'awaiting_approval', pausedAt: null, dueAt: hanoi('2026-03-09 12:00') })
})

test('where no approval is required, the answer stops the clock at once and is sent after the undo time', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode })
  await answerReport(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
  const { report: after, resolution, answers, lastEvent } = await storyOf(db, report.id)
  const sendAt = new Date(hanoi('2026-03-02 14:00').getTime() + 15_000)
  expect(after).toMatchObject({
    state: 'answered',
    stateBefore: 'in_progress',
    dueAt: null,
    answeredAt: hanoi('2026-03-02 14:00'),
  })
  expect(resolution?.stoppedAt).toEqual(hanoi('2026-03-02 14:00'))
  expect(answers).toMatchObject([{ status: 'queued', sendAt }])
  expect(lastEvent).toMatchObject({ event: 'report.answered', toState: 'answered' })
  expect(await jobsUnder(db, `send_answer:${answers[0]?.id}`)).toMatchObject([{ runAt: sendAt }])
})
