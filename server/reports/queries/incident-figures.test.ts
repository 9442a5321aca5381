import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { putOffReport } from '../commands/put-off-report.ts'
import { incidentCounts, queueOfCount } from '../rules/incident-queues.ts'
import { incidentFigures } from './incident-figures.ts'
import { queuePage } from './queue.ts'

const now = () => hanoi('2026-03-10 12:00')

test('an incident counts its reports without duplicates, and what was handled without spam and tests', async ({
  db,
}) => {
  const [storm, other] = [await buildIncident(db), await buildIncident(db)]
  const [ward, next] = [await buildAgency(db), await buildAgency(db)]
  const of = (more: Parameters<typeof buildReport>[1]) => buildReport(db, { incidentId: storm.id, ...more })
  await of({ state: 'awaiting_intake' })
  await of({ state: 'in_progress', agencyId: ward.id, severity: 'urgent' })
  const kept = await of({ state: 'answered', agencyId: ward.id })
  await of({ state: 'closed', agencyId: next.id })
  await of({ state: 'rejected' })
  await of({ state: 'rejected', rejectReason: 'spam' })
  await of({ state: 'merged', mergedIntoId: kept.id, agencyId: next.id })
  await buildReport(db, { incidentId: other.id })
  const dispatcher = { db, actor: await buildActor(db, 'dispatcher', await buildCity(db)), now }
  expect(await incidentFigures(dispatcher, storm.id)).toEqual([
    {
      incidentId: storm.id,
      total: 6,
      open: 2,
      handled: 2,
      rejected: 2,
      overdue: 2,
      urgentOpen: 1,
      unassigned: 1,
      handledPercent: 40,
    },
  ])
  expect((await incidentFigures(dispatcher, null)).map(({ incidentId }) => incidentId).sort()).toEqual(
    [storm.id, other.id].sort(),
  )
})

test('each count opens a queue of exactly as many reports, also of those that the reader has put off', async ({
  db,
}) => {
  const storm = await buildIncident(db)
  const ward = await buildAgency(db)
  const of = (more: Parameters<typeof buildReport>[1]) => buildReport(db, { incidentId: storm.id, ...more })
  await of({ state: 'awaiting_intake', receivedAt: hanoi('2026-03-10 11:00') })
  const late = await of({ state: 'in_progress', agencyId: ward.id, severity: 'urgent' })
  const kept = await of({ state: 'answered', agencyId: ward.id })
  await of({ state: 'rejected', rejectReason: 'spam' })
  await of({ state: 'merged', mergedIntoId: kept.id, agencyId: ward.id })
  for (const agency of [await buildCity(db), ward]) {
    const ctx = { db, actor: await buildActor(db, 'dispatcher', agency), now }
    await putOffReport(ctx, { reportId: late.id, until: hanoi('2026-03-11 08:00') })
    const [figures] = await incidentFigures(ctx, storm.id)
    expect(figures).toMatchObject({ overdue: 1, urgentOpen: 1 })
    for (const count of incidentCounts) {
      const { total } = await queuePage(ctx, { queue: queueOfCount(storm.id, count) })
      expect([count, total?.count]).toEqual([count, figures?.[count]])
    }
  }
})

test('an officer sees the figures of the reports they may see', async ({ db }) => {
  const storm = await buildIncident(db)
  const ward = await buildAgency(db)
  await buildReport(db, { incidentId: storm.id, state: 'in_progress', agencyId: ward.id })
  await buildReport(db, { incidentId: storm.id, state: 'in_progress' })
  const officer = { db, actor: await buildActor(db, 'officer', ward), now }
  expect(await incidentFigures(officer, storm.id)).toMatchObject([{ total: 1, open: 1, handledPercent: 0 }])
  const stranger = { db, actor: await buildActor(db, 'officer', await buildAgency(db)), now }
  expect(await incidentFigures(stranger, storm.id)).toEqual([])
})
