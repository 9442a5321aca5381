import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt } from '#db/factories/team.ts'
import { accountRoles, notificationMarks, notifications, reportDrafts } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { notifyRecipients } from '#server/notifications/commands/notify-recipients.ts'
import { recipientsOf } from '#server/notifications/rules/recipients.ts'
import { reportByCode } from '../queries/report.ts'
import { at, scheduled, words } from '../testing/scheduled.ts'
import { changeTags } from './change-report.ts'
import { handOverReports } from './hand-over-reports.ts'
import { removePhoto } from './remove-photo.ts'
import { rescheduleAnswer, scheduleAnswer, scheduleApproval, unscheduleAnswer } from './schedule-answer.ts'
import { sendMissedAnswers } from './send-scheduled-answers.ts'
import { submitAnswer } from './submit-answer.ts'
import { transferReport } from './transfer-report.ts'

describe('a scheduled answer', () => {
  test('leaves the report and its clock as they are until its time, and is shown on it', async ({ db }) => {
    const { report, officer, schedule, send } = await scheduled(db)
    const { deadline } = await reportByCode(actingAt(db, officer, '13:59'), report.code)
    await schedule()
    expect(await send('13:59')).toBe(false)
    const view = await reportByCode(actingAt(db, officer, '13:59'), report.code)
    expect(view).toMatchObject({ state: 'in_progress', answers: [] })
    expect(view.deadline).toEqual(deadline)
    expect(view.scheduled).toMatchObject({ move: 'answer', by: { id: officer.id }, sendAt: at('14:00'), words })
  })

  test('is given at its time in the name of its writer, exactly once under two workers', async ({ db }) => {
    const { report, officer, schedule, send, left, lastEvent } = await scheduled(db)
    await schedule()
    const given = await Promise.all([send('14:00'), send('14:00'), send('14:00')])
    expect(given.filter(Boolean)).toHaveLength(1)
    const { report: after, answers } = await storyOf(db, report.id)
    expect(after).toMatchObject({ state: 'answered', answeredAt: at('14:00') })
    expect(answers).toMatchObject([{ status: 'queued', authorId: officer.id, what: 'Đã dọn', createdAt: at('14:00') }])
    const event = await lastEvent()
    expect(event).toMatchObject({ event: 'report.answered', actorId: officer.id, at: at('14:00') })
    expect(event?.details).not.toHaveProperty('unscheduled')
    expect(await left()).toEqual([])
  })

  test('keeps its proof: until it is given the photo cannot be removed', async ({ db }) => {
    const { report, officer, sees, send } = await scheduled(db)
    const fileId = await buildPhoto(db, report.id, { kind: 'proof', addedById: officer.id })
    const ctx = actingAt(db, officer, '10:00')
    await scheduleAnswer(ctx, { ...(await sees()), ...words, photoIds: [fileId], sendAt: at('14:00') })
    await expect(removePhoto(ctx, { reportId: report.id, fileId })).rejects.toThrow('photo_bound')
    expect((await reportByCode(ctx, report.code)).photos).toMatchObject([{ fileId, isInAnswer: true }])
    expect(await send('14:00')).toBe(true)
    expect((await reportByCode(ctx, report.code)).answers).toMatchObject([{ photoIds: [fileId] }])
  })

  test('is given although the report was changed since in other ways', async ({ db }) => {
    const { report, approver, sees, schedule, send } = await scheduled(db)
    await schedule()
    await changeTags(actingAt(db, approver, '11:00'), { ...(await sees()), tags: ['cây'] })
    expect(await send('14:00')).toBe(true)
    expect((await storyOf(db, report.id)).report.state).toBe('answered')
  })

  test('is refused for the past, for too far ahead, beside another, and where approval is needed', async ({ db }) => {
    const { officer, sees, schedule } = await scheduled(db)
    await expect(schedule('09:59')).rejects.toThrow('later_passed')
    const far = { ...words, sendAt: hanoi('2026-05-02 10:00') }
    await expect(scheduleAnswer(actingAt(db, officer, '10:00'), { ...(await sees()), ...far })).rejects.toThrow(
      'later_too_far',
    )
    await schedule()
    await expect(schedule()).rejects.toThrow('already_scheduled')
    await expect((await scheduled(db, { needsApproval: true })).schedule()).rejects.toThrow('approval_needed')
  })

  test('is not sent after the day for which it plans: neither when it is scheduled nor at another time', async ({
    db,
  }) => {
    const { officer, sees, left } = await scheduled(db)
    const ctx = actingAt(db, officer, '10:00')
    const plan = { outcome: 'planned' as const, plannedFor: '2026-03-04', referredTo: '' }
    const inTime = hanoi('2026-03-04 17:00')
    const tooLate = hanoi('2026-03-05 08:00')
    const schedule = async (sendAt: Date) => scheduleAnswer(ctx, { ...(await sees()), ...words, ...plan, sendAt })
    await expect(schedule(tooLate)).rejects.toThrow('planned_before_sent')
    await schedule(inTime)
    await expect(rescheduleAnswer(ctx, { ...(await sees()), sendAt: tooLate })).rejects.toThrow('planned_before_sent')
    expect(await left()).toMatchObject([{ sendAt: inTime }])
  })

  test('is not approved for a time after the day for which it plans', async ({ db }) => {
    const { officer, approver, sees } = await scheduled(db, { needsApproval: true })
    const plan = { outcome: 'planned' as const, plannedFor: '2026-03-04', referredTo: '' }
    await submitAnswer(actingAt(db, officer, '10:00'), { ...(await sees()), ...words, ...plan })
    const approve = async (local: string) =>
      scheduleApproval(actingAt(db, approver, '10:05'), { ...(await sees()), sendAt: hanoi(local) })
    await expect(approve('2026-03-05 08:00')).rejects.toThrow('planned_before_sent')
    await expect(approve('2026-03-04 08:00')).resolves.toMatchObject({ state: 'awaiting_approval' })
  })

  test('is cancelled by a transfer, whose event tells its writer', async ({ db }) => {
    const { approver, officer, sees, schedule, send, left, lastEvent } = await scheduled(db)
    await schedule()
    const next = await buildAgency(db)
    const transfer = { ...(await sees()), agencyId: next.id, reason: 'Thuộc địa bàn khác' }
    await transferReport(actingAt(db, approver, '11:00'), transfer)
    expect(await left()).toMatchObject([{ cancelledIn: 3 }])
    const [draft] = await db.select().from(reportDrafts).where(eq(reportDrafts.accountId, officer.id))
    expect(draft?.value).toMatchObject({ what: 'Đã dọn', where: 'Ngõ 5' })
    expect(await send('14:00')).toBe(false)
    const event = await lastEvent()
    expect(event).toMatchObject({ event: 'report.transferred', details: { unscheduled: { accountId: officer.id } } })
    const marks = await db
      .select()
      .from(notificationMarks)
      .where(eq(notificationMarks.eventId, event?.id ?? 0))
    expect(marks).toHaveLength(1)
    const told = recipientsOf({ event: 'report.transferred', details: event?.details } as never)
    expect(told).toContainEqual({ kind: 'unscheduled', accounts: [officer.id], roles: [] })
  })

  test('ends with its agency: the handover to the successor cancels it at once and tells its writer', async ({
    db,
  }) => {
    const { report, agency, officer, schedule, left, lastEvent } = await scheduled(db)
    await schedule()
    const successor = await buildAgency(db)
    await handOverReports(actingAt(db, robot, '11:00'), { from: agency.id, to: successor.id })
    expect(await left()).toEqual([])
    expect(await lastEvent()).toMatchObject({
      event: 'report.handed_over',
      details: { agencyId: successor.id, unscheduled: { accountId: officer.id } },
    })
    await notifyRecipients(actingAt(db, robot, '11:01'))
    const told = await db.select().from(notifications).where(eq(notifications.accountId, officer.id))
    expect(told).toMatchObject([{ kind: 'unscheduled', reportId: report.id, shownAt: at('11:00') }])
    const [draft] = await db.select().from(reportDrafts).where(eq(reportDrafts.accountId, officer.id))
    expect(draft?.value).toMatchObject({ what: 'Đã dọn' })
  })

  test('that the rules refuse at its time is cancelled with the reason', async ({ db }) => {
    const { report, officer, schedule, send, left, lastEvent } = await scheduled(db)
    await schedule()
    await db.delete(accountRoles).where(eq(accountRoles.accountId, officer.id))
    expect(await send('14:00')).toBe(false)
    expect(await left()).toEqual([])
    expect((await storyOf(db, report.id)).report.state).toBe('in_progress')
    const details = { unscheduled: { accountId: officer.id }, reason: 'not_found' }
    expect(await lastEvent()).toMatchObject({ event: 'report.answer_unscheduled', actorKind: 'robot', details })
  })

  test('can be moved, sent now and cancelled by a colleague, and stays its writer’s', async ({ db }) => {
    const { officer, approver, sees, schedule, send, left, lastEvent } = await scheduled(db)
    await schedule()
    const ctx = actingAt(db, approver, '11:00')
    await rescheduleAnswer(ctx, { ...(await sees()), sendAt: at('15:00') })
    expect(await send('14:00')).toBe(false)
    await unscheduleAnswer(ctx, await sees())
    expect(await left()).toEqual([])
    expect((await lastEvent())?.details).toMatchObject({ unscheduled: { accountId: officer.id } })
    await expect(unscheduleAnswer(ctx, await sees())).rejects.toThrow('nothing_scheduled')
    await schedule('14:00', '11:30')
    await rescheduleAnswer(actingAt(db, approver, '11:40'), { ...(await sees()), sendAt: null })
    expect(await send('11:40')).toBe(true)
    expect(await lastEvent()).toMatchObject({ event: 'report.answered', actorId: officer.id })
  })

  test('of an approver waits in the same way', async ({ db }) => {
    const { report, officer, approver, sees, send } = await scheduled(db, { needsApproval: true })
    await submitAnswer(actingAt(db, officer, '10:00'), { ...(await sees()), ...words })
    await scheduleApproval(actingAt(db, approver, '10:30'), { ...(await sees()), sendAt: at('14:00') })
    expect((await storyOf(db, report.id)).report.state).toBe('awaiting_approval')
    expect(await send('14:00')).toBe(true)
    const { report: after, answers } = await storyOf(db, report.id)
    expect(after.state).toBe('answered')
    expect(answers).toMatchObject([{ status: 'queued', authorId: officer.id, reviewerId: approver.id }])
  })

  test('whose job got lost is found a minute later', async ({ db }) => {
    const { report, schedule } = await scheduled(db)
    await schedule()
    await sendMissedAnswers(actingAt(db, robot, '14:00'))
    expect((await storyOf(db, report.id)).report.state).toBe('in_progress')
    await sendMissedAnswers(actingAt(db, robot, '14:01'))
    expect((await storyOf(db, report.id)).report.state).toBe('answered')
  })
})
