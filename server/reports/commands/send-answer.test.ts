import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildRequest } from '#db/factories/requests.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { sendAnswer } from './send-answer.ts'
import { sendDueAnswers } from './send-due-answers.ts'
import { withdrawAnswer } from './withdraw-answer.ts'

async function queued(db: Database) {
  const team = await buildTeam(db)
  const report = await buildReport(db, {
    state: 'answered',
    agencyId: team.agency.id,
    answerStatus: 'queued',
    answerSendAt: hanoi('2026-03-02 15:00'),
  })
  const story = await storyOf(db, report.id)
  return { ...team, report, story, answerId: story.answers[0]?.id ?? '' }
}

describe('the job that sends an answer', () => {
  test('sends it once, logs it once, and leaves the version alone, for no screen is out of date', async ({ db }) => {
    const { report, story, answerId } = await queued(db)
    expect(await sendAnswer(actingAt(db, robot, '15:00'), answerId)).toBe(true)
    const sent = await storyOf(db, report.id)
    expect(sent.report).toEqual(report)
    expect(sent.answers).toMatchObject([{ status: 'sent', sentAt: hanoi('2026-03-02 15:00') }])
    expect(sent.lastEvent).toMatchObject({
      event: 'report.answer_sent',
      actorKind: 'robot',
      fromState: 'answered',
      toState: 'answered',
      version: null,
      details: { answerId, kind: 'answer' },
    })
    expect(await sendAnswer(actingAt(db, robot, '15:01'), answerId)).toBe(false)
    expect((await storyOf(db, report.id)).events).toHaveLength(story.events.length + 1)
  })

  test('twice at the same moment still sends once', async ({ db }) => {
    const { report, story, answerId } = await queued(db)
    const runs = await Promise.all([1, 2, 3, 4].map(() => sendAnswer(actingAt(db, robot, '15:00'), answerId)))
    expect(runs.filter(Boolean)).toHaveLength(1)
    expect((await storyOf(db, report.id)).events).toHaveLength(story.events.length + 1)
  })

  test('too early, for a withdrawn answer, or for none at all, does nothing', async ({ db }) => {
    const { report, officer, answerId } = await queued(db)
    expect(await sendAnswer(actingAt(db, robot, '14:59'), answerId)).toBe(false)
    await withdrawAnswer(actingAt(db, officer, '14:59'), seen(report))
    expect(await sendAnswer(actingAt(db, robot, '15:30'), answerId)).toBe(false)
    expect(await sendAnswer(actingAt(db, robot, '15:30'), '00000000-0000-4000-8000-000000000000')).toBe(false)
    const { lastEvent } = await storyOf(db, report.id)
    expect(lastEvent?.event).toBe('report.answer_withdrawn')
  })

  test('and a withdrawal at the same moment: only one of them wins', async ({ db }) => {
    for (let round = 0; round < 5; round++) {
      const { report, officer, answerId } = await queued(db)
      const [sent, taken] = await Promise.allSettled([
        sendAnswer(actingAt(db, robot, '15:00'), answerId),
        withdrawAnswer(actingAt(db, officer, '14:59'), seen(report)),
      ])
      const { answers, report: after } = await storyOf(db, report.id)
      const left = sent.status === 'fulfilled' && sent.value
      expect(taken.status === 'fulfilled').toBe(!left)
      expect([after.state, answers[0]?.status]).toEqual(
        left ? ['answered', 'sent'] : ['awaiting_approval', 'submitted'],
      )
    }
  })

  test('ends the officer’s pending requests', async ({ db }) => {
    const { report, officer, answerId } = await queued(db)
    await buildRequest(db, report, 'extension', { askedById: officer.id })
    await sendAnswer(actingAt(db, robot, '15:00'), answerId)
    expect((await storyOf(db, report.id)).requests).toMatchObject([{ status: 'withdrawn' }])
  })
})

describe('the sweep for overdue answers', () => {
  test('sends what should have been sent a minute ago, once, and leaves alone what is not that late', async ({
    db,
  }) => {
    const { report, answerId } = await queued(db)
    expect(await sendDueAnswers(actingAt(db, robot, '15:00'))).toBe(0)
    expect(await sendDueAnswers(actingAt(db, robot, '15:01'))).toBe(1)
    expect(await sendDueAnswers(actingAt(db, robot, '15:02'))).toBe(0)
    const { answers, lastEvent } = await storyOf(db, report.id)
    expect(answers).toMatchObject([{ id: answerId, status: 'sent', sentAt: hanoi('2026-03-02 15:01') }])
    expect(lastEvent).toMatchObject({ event: 'report.answer_sent', actorKind: 'robot' })
  })
})
