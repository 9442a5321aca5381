import { expect } from 'vitest'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { assignPerson } from './assign-person.ts'

test('a report is not given to an account that is of another agency, has left, or does not handle reports', async ({
  db,
}) => {
  const { agency, approver } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const stranger = await buildActor(db, 'officer')
  const left = await buildAccount(db, { agency, isActive: false })
  const editor = await buildActor(db, 'editor', agency)
  for (const { id } of [stranger, left, editor]) {
    const assigned = assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: id })
    await expect(assigned).rejects.toThrow('not_a_colleague')
  }
})

test('a report is given to a colleague and taken from them again; both are logged', async ({ db }) => {
  const { agency, approver, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const given = await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: officer.id })
  expect((await storyOf(db, report.id)).report).toMatchObject({ assigneeId: officer.id, state: 'in_progress' })
  await assignPerson(actingAt(db, officer, '11:00'), { ...seen(given), accountId: null })
  const { report: after, events } = await storyOf(db, report.id)
  expect(after.assigneeId).toBeNull()
  expect(events.slice(-2).map(({ event, details }) => [event, details])).toMatchObject([
    ['report.person_assigned', { assigneeId: [null, officer.id] }],
    ['report.person_assigned', { assigneeId: [officer.id, null] }],
  ])
})
