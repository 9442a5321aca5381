import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { reportByCode } from '../queries/report.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import { decideRequest } from './decide-request.ts'
import { followUp, requestFollowUp } from './follow-up.ts'
import { reopenReport } from './reopen-report.ts'
import { sendAnswer } from './send-answer.ts'
import { takeBack } from './take-back.ts'
import { withdrawAnswer } from './withdraw-answer.ts'

const words = { what: 'Đã thay tấm đan', where: 'Số 20', when: 'Sáng nay', ...fixed, next: '', photoIds: [] }

async function answered(db: Database, needsApproval: boolean, state: ReportState = 'answered') {
  const team = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval })
  const held = { agencyId: team.agency.id, heldBy: [team.agency.id], categoryCode, authorId: team.officer.id }
  return { ...team, report: await buildReport(db, { state, ...held }) }
}

describe('a follow-up', () => {
  test('is given at once where no approval is needed; state and clocks stay, and the citizen is told', async ({
    db,
  }) => {
    for (const state of ['answered', 'closed'] as const) {
      const { report, officer } = await answered(db, false, state)
      const before = await storyOf(db, report.id)
      await expect(requestFollowUp(actingAt(db, officer, '14:00'), { ...seen(report), ...words })).rejects.toThrow(
        'no_approval_needed',
      )
      await followUp(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
      const { report: after, resolution, answers, lastEvent } = await storyOf(db, report.id)
      const { state: now, dueAt, answeredAt, closedAt, reopenCount } = after
      expect({ state: now, dueAt, answeredAt, closedAt, reopenCount }).toEqual({
        state,
        dueAt: report.dueAt,
        answeredAt: report.answeredAt,
        closedAt: report.closedAt,
        reopenCount: 0,
      })
      expect(resolution).toEqual(before.resolution)
      expect(lastEvent).toMatchObject({ event: 'report.followed_up', details: { outcome: 'fixed' } })
      const given = answers.find(({ isFollowUp }) => isFollowUp)
      expect(given).toMatchObject({ status: 'queued', outcome: 'fixed', what: words.what })
      await sendAnswer(actingAt(db, robot, '14:01'), given?.id ?? '')
      const { citizen } = await reportByCode(actingAt(db, officer, '14:02'), report.code)
      expect(citizen.answers.at(-1)).toMatchObject({ what: words.what, outcome: 'fixed' })
    }
  })

  test('waits as a request where approval is needed, which its writer does not grant', async ({ db }) => {
    const { report, officer, approver } = await answered(db, true)
    const own = actingAt(db, approver, '13:00')
    await expect(followUp(own, { ...seen(report), ...words })).rejects.toThrow('approval_needed')
    const asked = await requestFollowUp(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
    const again = requestFollowUp(actingAt(db, officer, '14:01'), { ...seen(asked), ...words })
    await expect(again).rejects.toThrow('request_pending')
    const { requests } = await storyOf(db, report.id)
    const decision = { ...seen(asked), requestId: requests[0]?.id ?? '', approve: true, remarks: '' }
    await expect(decideRequest(actingAt(db, officer, '14:05'), decision)).rejects.toThrow('forbidden')
    const granted = await decideRequest(actingAt(db, approver, '14:10'), decision)
    expect(granted.state).toBe('answered')
    const { answers, lastEvent } = await storyOf(db, report.id)
    expect(answers.find(({ isFollowUp }) => isFollowUp)).toMatchObject({
      status: 'queued',
      reviewerId: approver.id,
      isFollowUp: true,
    })
    expect(lastEvent).toMatchObject({ event: 'report.followed_up', details: { outcome: 'fixed' } })
  })

  test('that is refused returns to its writer with the remarks', async ({ db }) => {
    const { report, officer, approver } = await answered(db, true, 'closed')
    const asked = await requestFollowUp(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
    const { requests } = await storyOf(db, report.id)
    const decision = { ...seen(asked), requestId: requests[0]?.id ?? '', approve: false, remarks: 'Thiếu ảnh' }
    await decideRequest(actingAt(db, approver, '14:10'), decision)
    const { answers, lastEvent, report: after } = await storyOf(db, report.id)
    expect(answers.find(({ isFollowUp }) => isFollowUp)).toMatchObject({ status: 'sent_back', remarks: 'Thiếu ảnh' })
    expect(lastEvent).toMatchObject({ event: 'report.follow_up_refused', details: { remarks: 'Thiếu ảnh' } })
    expect(after.state).toBe('closed')
  })

  test('is not taken back once it has been sent, though its undo time runs a little longer', async ({ db }) => {
    const { report, officer } = await answered(db, false)
    const given = await followUp(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
    const at = (seconds: number) => new Date(hanoi('2026-03-02 14:00').getTime() + seconds * 1000)
    const queued = (await storyOf(db, report.id)).answers.find(({ isFollowUp }) => isFollowUp)
    await sendAnswer({ db, actor: robot, now: () => at(15) }, queued?.id ?? '')
    await expect(takeBack({ db, actor: officer, now: () => at(16) }, seen(given))).rejects.toThrow('answer_left')
    expect((await storyOf(db, report.id)).answers.map(({ status }) => status)).toEqual(['sent', 'sent'])
  })

  test('is taken back within the undo time, by whoever gave or granted it; the answer before it stays', async ({
    db,
  }) => {
    const { report, officer } = await answered(db, false)
    const given = await followUp(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
    const withdrawn = withdrawAnswer(actingAt(db, officer, '14:00'), seen(given))
    await expect(withdrawn).rejects.toThrow('answer_left')
    await takeBack(actingAt(db, officer, '14:00'), seen(given))
    expect((await storyOf(db, report.id)).answers).toMatchObject([{ status: 'sent', isFollowUp: false }])

    const strict = await answered(db, true)
    const asked = await requestFollowUp(actingAt(db, strict.officer, '14:00'), { ...seen(strict.report), ...words })
    const { requests } = await storyOf(db, strict.report.id)
    const decision = { ...seen(asked), requestId: requests[0]?.id ?? '', approve: true, remarks: '' }
    const granted = await decideRequest(actingAt(db, strict.approver, '14:10'), decision)
    await takeBack(actingAt(db, strict.approver, '14:10'), seen(granted))
    const story = await storyOf(db, strict.report.id)
    expect(story.requests).toMatchObject([{ status: 'pending' }])
    expect(story.answers.find(({ isFollowUp }) => isFollowUp)).toMatchObject({
      status: 'submitted',
      sendAt: null,
      reviewerId: null,
    })
  })

  test('that waits ends with the reopening of its report', async ({ db }) => {
    const { report, officer, dispatcher } = await answered(db, true)
    const asked = await requestFollowUp(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
    await reopenReport(actingAt(db, dispatcher, '14:10'), { ...seen(asked), reason: 'Vẫn hỏng' })
    const { requests, answers } = await storyOf(db, report.id)
    expect(requests).toMatchObject([{ status: 'withdrawn' }])
    expect(answers.find(({ isFollowUp }) => isFollowUp)).toMatchObject({ status: 'withdrawn', isFollowUp: true })
  })
})
