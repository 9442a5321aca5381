import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildAccount, standingInFor } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, movingOn, seen } from '#db/factories/team.ts'
import { accountRoles, events, reportAnswers, substitutions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { addNote } from './commands/add-note.ts'
import { approveAnswer } from './commands/approve-answer.ts'
import { decideRequest } from './commands/decide-request.ts'
import { requestExtension } from './commands/request-extension.ts'
import { scheduleAnswer } from './commands/schedule-answer.ts'
import { sendScheduledAnswer } from './commands/send-scheduled-answers.ts'
import { submitAnswer } from './commands/submit-answer.ts'
import { reportByCode } from './queries/report.ts'

const words = { what: 'Đã dọn cây đổ', where: 'Phố Lò Đúc', when: '02/03/2026', ...fixed, next: '', photoIds: [] }

describe('a substitution', () => {
  test('is used only where the own roles are not enough, and the log names both', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const report = await buildReport(db, { agencyId: agency.id, state: 'in_progress' })
    const { actor: newcomer } = await buildAccount(db, { agency, roles: [] })
    const ctx = actingAt(db, standingInFor(newcomer, officer), '10:00')
    await submitAnswer(ctx, { ...seen(report), ...words })
    const other = actingAt(db, standingInFor(approver, officer), '10:30')
    const noteId = '01990000-0000-7000-8000-000000000001'
    await addNote(other, { id: noteId, reportId: report.id, body: 'Đã xem' })
    const log = await db.select().from(events).where(eq(events.reportId, report.id)).orderBy(events.id)
    expect(log.slice(-2).map(({ event, actorId, onBehalfOf }) => [event, actorId, onBehalfOf])).toEqual([
      ['report.answer_submitted', newcomer.id, officer.id],
      ['report.note_added', approver.id, null],
    ])
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, report.id))
    expect(answer).toMatchObject({ authorId: newcomer.id, authorFor: officer.id })
  })

  test('stays that of a scheduled answer, whatever the writer may do in their own name by then', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
    const newcomer = (await buildAccount(db, { agency, roles: [], name: 'Lê Thị Mai' })).actor
    const [startsAt, endsAt] = [hanoi('2026-03-02 08:00'), hanoi('2026-03-02 15:00')]
    const between = { holderId: officer.id, standInId: newcomer.id, createdById: officer.id, createdAt: startsAt }
    await db.insert(substitutions).values({ ...between, role: 'officer', agencyId: agency.id, startsAt, endsAt })
    const schedule = async (sendAt: string) => {
      const report = await buildReport(db, {
        agencyId: agency.id,
        heldBy: [agency.id],
        categoryCode,
        state: 'in_progress',
      })
      const ctx = movingOn(actingAt(db, standingInFor(newcomer, officer), '10:00'))
      await scheduleAnswer(ctx, { ...seen(report), ...words, sendAt: hanoi(`2026-03-02 ${sendAt}`) })
      return report
    }
    const send = (report: { id: number }, local: string) =>
      sendScheduledAnswer(movingOn(actingAt(db, robot, local)), report.id)
    const lastOf = async ({ id }: { id: number }) =>
      (await db.select().from(events).where(eq(events.reportId, id)).orderBy(events.id)).at(-1)

    const [inTime, tooLate] = [await schedule('14:00'), await schedule('16:00')]
    const { scheduled } = await reportByCode(actingAt(db, approver, '10:01'), inTime.code)
    expect(scheduled).toMatchObject({ by: { name: 'Lê Thị Mai' }, onBehalfOf: officer.name })
    await db.insert(accountRoles).values({ accountId: newcomer.id, role: 'officer', agencyId: agency.id })
    expect(await send(inTime, '14:00')).toBe(true)
    expect(await lastOf(inTime)).toMatchObject({ actorId: newcomer.id, onBehalfOf: officer.id })
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, inTime.id))
    expect(answer).toMatchObject({ authorId: newcomer.id, authorFor: officer.id })
    expect(await send(tooLate, '16:00')).toBe(false)
    expect(await lastOf(tooLate)).toMatchObject({ event: 'report.answer_unscheduled' })
  })

  test('lets no one approve an answer of a person they act as', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const { actor: second } = await buildAccount(db, { agency, roles: ['approver'] })
    const both = (await buildAccount(db, { agency, roles: ['officer', 'approver'] })).actor
    const nobody = (await buildAccount(db, { agency, roles: [] })).actor
    const written = async (author: Actor) => {
      const report = await buildReport(db, { agencyId: agency.id, state: 'in_progress' })
      await submitAnswer(actingAt(db, author, '10:00'), { ...seen(report), ...words })
      return { reportId: report.id, version: report.version + 1 }
    }
    const approve = (actor: Actor, input: { reportId: number; version: number }) =>
      approveAnswer(actingAt(db, actor, '11:00'), input)

    // Written under their own name, approved as a substitute of the approver.
    await expect(approve(standingInFor(officer, approver), await written(officer))).rejects.toThrow('own_answer')
    // Approved as a substitute of the author.
    const byHolder = await written(both)
    await expect(approve(standingInFor(officer, both), byHolder)).rejects.toThrow('own_answer')
    // Written by a substitute of the approver.
    await expect(approve(both, await written(standingInFor(nobody, both)))).rejects.toThrow('own_answer')
    // Written and approved by one person, as a substitute of two others.
    const twice = standingInFor(nobody, officer, approver)
    await expect(approve(twice, await written(twice))).rejects.toThrow('own_answer')

    await approve(standingInFor(officer, both, second), byHolder)
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, byHolder.reportId))
    expect(answer).toMatchObject({ authorId: both.id, reviewerId: officer.id, reviewerFor: second.id })
  })

  test('lets no one grant their own request', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const report = await buildReport(db, { agencyId: agency.id, state: 'in_progress' })
    const ask = { ...seen(report), minutes: 480, reason: 'Chờ vật tư' }
    const { version } = await requestExtension(actingAt(db, officer, '10:00'), ask)
    const asked = (await db.select().from(events).where(eq(events.reportId, report.id)).orderBy(events.id)).at(-1)
    const requestId = String(asked?.details.requestId)
    const decide = (actor: Actor) =>
      decideRequest(actingAt(db, actor, '11:00'), {
        reportId: report.id,
        version,
        requestId,
        approve: true,
        remarks: '',
      })
    await expect(decide(standingInFor(officer, approver))).rejects.toThrow('own_request')
    const { actor: other } = await buildAccount(db, { agency, roles: [] })
    await decide(standingInFor(other, approver))
    const log = await db.select().from(events).where(eq(events.reportId, report.id)).orderBy(events.id)
    expect(log.at(-1)).toMatchObject({ event: 'report.extended', actorId: other.id, onBehalfOf: approver.id })
  })
})
