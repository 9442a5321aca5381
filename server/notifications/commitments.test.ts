import { expect } from 'vitest'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { reportAnswers } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { followUp } from '#server/reports/commands/follow-up.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { escalate } from './commands/escalate.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { kindsTold } from './testing/under-way.ts'

const words = { what: 'Đã đưa vào kế hoạch', where: 'Số 20', when: 'Quý II', next: '', photoIds: [] }
const planned = (plannedFor: string) => ({ ...words, outcome: 'planned' as const, plannedFor, referredTo: '' })
const fixed = { ...words, outcome: 'fixed' as const, plannedFor: null, referredTo: '' }

test('the holder is reminded of a commitment three days before its day, once; not of one that ended', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const held = { agencyId: agency.id, heldBy: [agency.id], categoryCode, assigneeId: officer.id }
  const report = await buildReport(db, { state: 'closed', ...held })
  const done = await buildReport(db, { state: 'answered', ...held })
  const given = await followUp(actingAt(db, officer, '14:00'), { ...seen(report), ...planned('2026-03-12') })
  expect((await storyOf(db, report.id)).report.commitmentDueAt).toEqual(
    new Date(hanoi('2026-03-13 00:00').getTime() - 1),
  )
  const other = await followUp(actingAt(db, officer, '14:00'), { ...seen(done), ...planned('2026-03-12') })
  await db.update(reportAnswers).set({ status: 'sent', sentAt: hanoi('2026-03-02 14:01') })
  await followUp(actingAt(db, officer, '2026-03-05 10:00'), { ...seen(other), ...fixed })
  const remind = async (local: string, reportId: number) => {
    await escalate(actingAt(db, robot, local))
    await notifyRecipients(actingAt(db, robot, local))
    return (await kindsTold(db, officer, reportId)).filter((kind) => kind === 'commitment_soon').length
  }
  expect(await remind('2026-03-08 23:58', report.id)).toBe(0)
  expect(await remind('2026-03-09 00:01', report.id)).toBe(1)
  expect(await remind('2026-03-11 08:00', report.id)).toBe(1)
  expect(await remind('2026-03-11 08:00', done.id)).toBe(0)
  expect(given.state).toBe('closed')
})

test('a follow-up that is taken back leaves the commitment of before', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const report = await buildReport(db, {
    state: 'answered',
    agencyId: agency.id,
    heldBy: [agency.id],
    categoryCode,
    commitmentDueAt: hanoi('2026-03-20 23:59'),
  })
  const given = await followUp(actingAt(db, officer, '14:00'), { ...seen(report), ...fixed })
  expect((await storyOf(db, report.id)).report.commitmentDueAt).toBeNull()
  await takeBack(actingAt(db, officer, '14:00'), seen(given))
  expect((await storyOf(db, report.id)).report.commitmentDueAt).toEqual(hanoi('2026-03-20 23:59'))
})
