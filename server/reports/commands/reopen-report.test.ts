import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { agencies, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi, officeWeek } from '#server/calendars/rules/test-calendars.ts'
import { reopenInput } from '../rules/schemas.ts'
import { assignReport } from './assign-report.ts'
import { rateReport } from './rate-report.ts'
import { reopenReport } from './reopen-report.ts'
import { submitAnswer } from './submit-answer.ts'

const reason = 'Cây vẫn nằm đó'

describe('reopening is refused', () => {
  test('without a reason', () => {
    expect(() => reopenInput.parse({ reportId: 1, version: 1, reason: '' })).toThrow('required')
  })

  test('before the answer was sent, and after the window', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const leaving = await buildReport(db, { state: 'answered', agencyId: agency.id, answerStatus: 'queued' })
    const closed = await buildReport(db, { state: 'closed', agencyId: agency.id })
    const reopen = (at: string, report: typeof closed) =>
      reopenReport(actingAt(db, officer, at), { ...seen(report), reason })
    await expect(reopen('12:00', leaving)).rejects.toThrow('answer_leaving')
    expect(closed.closedAt).toEqual(hanoi('2026-03-02 12:00'))
    await expect(reopen('2026-03-09 12:01', closed)).rejects.toThrow('window_passed')
    await expect(reopen('2026-03-09 12:00', closed)).resolves.toMatchObject({ state: 'in_progress' })
  })
})

describe('a reopened report', () => {
  test('awaits a rating of its new answer; the earlier one stays only in the log', async ({ db }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const report = await buildReport(db, { state: 'answered', agencyId: agency.id })
    const desk = actingAt(db, dispatcher, '2026-03-02 14:00')
    const rated = await rateReport(desk, { ...seen(report), rating: 'dissatisfied', channel: 'hotline', words: '' })
    await reopenReport(desk, { reportId: report.id, version: rated.version, reason })
    const { report: after, events } = await storyOf(db, report.id)
    expect(after.rating).toBeNull()
    expect(events.find(({ event }) => event === 'report.rated')?.details).toMatchObject({ rating: 'dissatisfied' })
  })

  test('belongs to its last agency again, with a new promise for the time that was left', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'closed', agencyId: agency.id, assigneeId: officer.id })
    await reopenReport(actingAt(db, officer, '2026-03-04 08:00'), { ...seen(report), reason })
    const { report: after, clocks, resolution, lastEvent } = await storyOf(db, report.id)
    // 40 hours from Monday 09:00, of which two had passed at the answer: 38 are left.
    expect(clocks).toHaveLength(3)
    expect(resolution).toMatchObject({
      round: 2,
      startedAt: hanoi('2026-03-04 08:00'),
      targetMinutes: 2280,
      stoppedAt: null,
      dueAt: hanoi('2026-03-10 15:00'),
    })
    expect(after).toMatchObject({
      state: 'in_progress',
      agencyId: agency.id,
      assigneeId: officer.id,
      reopenCount: 1,
      answeredAt: null,
      closedAt: null,
      stateBefore: null,
      dueAt: hanoi('2026-03-10 15:00'),
      lastActivityBy: 'citizen',
    })
    expect(lastEvent).toMatchObject({
      event: 'report.reopened',
      fromState: 'closed',
      toState: 'in_progress',
      details: { reason },
    })
  })

  test('that was late has at least one working day, so that it is not late the moment it is reopened', async ({
    db,
  }) => {
    const { agency, officer } = await buildTeam(db)
    const { code: categoryCode } = await buildCategory(db, { normalMinutes: 60 })
    const report = await buildReport(db, { state: 'answered', agencyId: agency.id, categoryCode })
    await reopenReport(actingAt(db, officer, '2026-03-04 10:00'), { ...seen(report), reason })
    const { resolution, clocks } = await storyOf(db, report.id)
    expect(resolution).toMatchObject({ targetMinutes: 480, dueAt: hanoi('2026-03-05 10:00') })
    expect(clocks[1]).toMatchObject({
      round: 1,
      dueAt: hanoi('2026-03-02 10:00'),
      stoppedAt: hanoi('2026-03-02 11:00'),
    })
  })

  test('counts by the hours of the agency that holds it now, whichever had it when its first promise began', async ({
    db,
  }) => {
    const { agency, officer } = await buildTeam(db)
    const [calendarId, longDays] = [
      await buildCalendar(db),
      await buildCalendar(db, { weekly: officeWeek([360, 1320]) }),
    ]
    const first = await buildAgency(db, { calendarId })
    const report = await buildReport(db, { state: 'closed', agencyId: first.id })
    await db.update(agencies).set({ calendarId: longDays }).where(eq(agencies.id, agency.id))
    await db.update(reports).set({ agencyId: agency.id }).where(eq(reports.id, report.id))
    await reopenReport(actingAt(db, officer, '2026-03-03 08:00'), { ...seen(report), reason })
    const { clocks, resolution } = await storyOf(db, report.id)
    // 38 hours were left in days of eight hours; from Tuesday on they run in days of sixteen.
    expect(clocks[1]).toMatchObject({ round: 1, calendarId, stoppedAt: hanoi('2026-03-02 11:00') })
    expect(resolution).toMatchObject({
      round: 2,
      calendarId: longDays,
      targetMinutes: 2280,
      dueAt: hanoi('2026-03-05 14:00'),
    })
  })

  test('gets a second answer beside the first', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'closed', agencyId: agency.id })
    const again = await reopenReport(actingAt(db, officer, '2026-03-03 08:00'), { ...seen(report), reason })
    const words = { what: 'Đã dọn nốt', where: 'Số 20', when: '03/3', ...fixed, next: '', photoIds: [] }
    await submitAnswer(actingAt(db, officer, '2026-03-03 09:00'), { ...seen(again), ...words })
    const { answers } = await storyOf(db, report.id)
    expect(answers.map(({ round, status }) => [round, status]).sort()).toEqual([
      [1, 'sent'],
      [2, 'submitted'],
    ])
  })

  test('of an incident in emergency mode runs day and night', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const storm = await buildIncident(db, { stormMode: true })
    const wanted = { state: 'closed' as const, agencyId: agency.id, severity: 'urgent' as const, incidentId: storm.id }
    const report = await buildReport(db, wanted)
    await reopenReport(actingAt(db, officer, '2026-03-04 20:00'), { ...seen(report), reason })
    const { resolution } = await storyOf(db, report.id)
    expect(resolution).toMatchObject({ time: 'always', targetMinutes: 480, dueAt: hanoi('2026-03-05 04:00') })
  })
})

describe('when the agency that answered has ended', () => {
  test('the report goes to the dispatchers with its new promise running, and its next agency takes that over', async ({
    db,
  }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const successor = await buildAgency(db)
    const report = await buildReport(db, { state: 'closed', agencyId: agency.id })
    await db.update(agencies).set({ validTo: '2026-03-02' }).where(eq(agencies.id, agency.id))
    const back = await reopenReport(actingAt(db, dispatcher, '2026-03-03 08:00'), { ...seen(report), reason })
    const waiting = await storyOf(db, report.id)
    expect(waiting.report).toMatchObject({
      state: 'awaiting_intake',
      agencyId: null,
      assigneeId: null,
      heldBy: [agency.id],
      dueAt: hanoi('2026-03-09 15:00'),
    })
    await assignReport(actingAt(db, dispatcher, '2026-03-03 09:00'), { ...seen(back), agencyId: successor.id })
    const { report: after, clocks } = await storyOf(db, report.id)
    expect(after).toMatchObject({ state: 'awaiting_acceptance', dueAt: hanoi('2026-03-09 15:00') })
    expect(clocks).toHaveLength(3)
  })
})
