import { describe, expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { rejectReasons } from '../rules/lifecycle.ts'
import { rejectInput } from '../rules/schemas.ts'
import { rejectReport } from './reject-report.ts'

describe('rejecting is refused', () => {
  test('without a reason from the list', () => {
    expect(() => rejectInput.parse({ reportId: 1, version: 1, answer: '' })).toThrow()
    expect(() => rejectInput.parse({ reportId: 1, version: 1, reason: 'too_hard', answer: 'Không' })).toThrow()
  })

  test.for(rejectReasons.filter((reason) => reason !== 'spam' && reason !== 'test'))(
    'for %s without an answer to the citizen',
    async (reason, { db }) => {
      const { dispatcher } = await buildTeam(db)
      const report = await buildReport(db)
      const rejected = rejectReport(actingAt(db, dispatcher, '10:00'), { ...seen(report), reason, answer: '' })
      await expect(rejected).rejects.toThrow('answer_missing')
      expect((await storyOf(db, report.id)).report).toEqual(report)
    },
  )
})

test('a rejection stops the clock, keeps the reason and queues its answer to be sent after the undo time', async ({
  db,
}) => {
  const { dispatcher } = await buildTeam(db)
  const report = await buildReport(db)
  const answer = 'Đơn tố cáo xin gửi Ban Tiếp công dân thành phố.'
  await rejectReport(actingAt(db, dispatcher, '10:00'), {
    ...seen(report),
    reason: 'complaint_or_denunciation',
    answer,
  })
  const { report: after, intake, answers, lastEvent } = await storyOf(db, report.id)
  expect(after).toMatchObject({
    state: 'rejected',
    stateBefore: 'awaiting_intake',
    rejectReason: 'complaint_or_denunciation',
    answeredAt: hanoi('2026-03-02 10:00'),
    dueAt: null,
    soonAt: null,
  })
  expect(intake).toMatchObject({ stoppedAt: hanoi('2026-03-02 10:00'), dueAt: report.dueAt })
  const sendAt = new Date(hanoi('2026-03-02 10:00').getTime() + 15_000)
  expect(answers).toMatchObject([
    { kind: 'rejection', status: 'queued', what: answer, sendAt, authorId: dispatcher.id },
  ])
  expect(await jobsUnder(db, `send_answer:${answers[0]?.id}`)).toMatchObject([
    { task: 'send_answer', payload: { answerId: answers[0]?.id }, runAt: sendAt },
  ])
  expect(lastEvent).toMatchObject({
    event: 'report.rejected',
    fromState: 'awaiting_intake',
    toState: 'rejected',
    details: { reason: 'complaint_or_denunciation', answerId: answers[0]?.id, sendAt: sendAt.toISOString() },
  })
})

test.for(['spam', 'test'] as const)('%s needs no answer, and none is sent', async (reason, { db }) => {
  const { dispatcher } = await buildTeam(db)
  const report = await buildReport(db)
  await rejectReport(actingAt(db, dispatcher, '10:00'), { ...seen(report), reason, answer: '' })
  const { report: after, answers } = await storyOf(db, report.id)
  expect([after.state, after.rejectReason, answers]).toEqual(['rejected', reason, []])
})

test('a report rejected after a return stops its resolution clock', async ({ db }) => {
  const { dispatcher } = await buildTeam(db)
  const report = await buildReport(db, { returnCount: 1 })
  await rejectReport(actingAt(db, dispatcher, '15:00'), { ...seen(report), reason: 'spam', answer: '' })
  const { resolution, intake } = await storyOf(db, report.id)
  expect(resolution?.stoppedAt).toEqual(hanoi('2026-03-02 15:00'))
  expect(intake?.stoppedAt).toEqual(hanoi('2026-03-02 09:00'))
})
