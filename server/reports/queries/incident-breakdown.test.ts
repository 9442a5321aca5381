import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { incidentPoints } from './incident-breakdown.ts'

const now = () => hanoi('2026-03-10 12:00')

test('the reports of an incident are on its map by deadline, the most pressing first', async ({ db }) => {
  const storm = await buildIncident(db)
  const { id: agencyId } = await buildAgency(db)
  const of = (more: Parameters<typeof buildReport>[1]) =>
    buildReport(db, { incidentId: storm.id, agencyId, heldBy: [agencyId], lon: 105.8, lat: 21, ...more })
  const running = { state: 'in_progress', soonAt: hanoi('2026-03-19 10:00'), dueAt: hanoi('2026-03-20 10:00') } as const
  const done = await of({ state: 'answered' })
  const inTime = await of(running)
  const late = await of({ ...running, soonAt: hanoi('2026-03-08 10:00'), dueAt: hanoi('2026-03-09 10:00') })
  await of({ ...running, lon: null, lat: null })
  await of({ state: 'merged', mergedIntoId: done.id })
  const ctx = { db, actor: await buildActor(db, 'dispatcher', await buildCity(db)), now }
  expect((await incidentPoints(ctx, storm.id)).map(({ code, group }) => [code, group])).toEqual([
    [late.code, 'overdue'],
    [inTime.code, 'in_time'],
    [done.code, 'none'],
  ])
})
