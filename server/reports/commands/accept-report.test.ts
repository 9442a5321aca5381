import { expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { acceptReport } from './accept-report.ts'

test('an agency that held the report before can see it but may not accept it', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const other = await buildTeam(db)
  const heldBy = [agency.id, other.agency.id]
  const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: other.agency.id, heldBy })
  const accepted = acceptReport(actingAt(db, officer, '10:00'), { ...seen(report), assignToMe: true })
  await expect(accepted).rejects.toThrow('forbidden')
})

test('the officer who accepts may take the report themself, or leave it to the agency; the clock runs on', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  for (const assignToMe of [true, false]) {
    const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
    await acceptReport(actingAt(db, officer, '10:00'), { ...seen(report), assignToMe })
    const { report: after, resolution, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({
      state: 'in_progress',
      assigneeId: assignToMe ? officer.id : null,
      dueAt: report.dueAt,
      version: 2,
    })
    expect(resolution?.stoppedAt).toBeNull()
    expect(lastEvent).toMatchObject({
      event: 'report.accepted',
      agencyId: agency.id,
      fromState: 'awaiting_acceptance',
      toState: 'in_progress',
      details: assignToMe ? { assigneeId: officer.id } : {},
    })
  }
})
