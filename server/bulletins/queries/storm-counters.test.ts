import { expect } from 'vitest'
import { buildBulletin } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { stormCounters } from './storm-counters.ts'

test('a storm without bulletins has no median', async ({ db }) => {
  const { id } = await buildIncident(db)
  expect(await stormCounters(db, id)).toEqual({
    open: 0,
    issued: 0,
    corrections: 0,
    medianMinutes: null,
    lastIssuedAt: null,
  })
})

test('counts what is open and what was published, never an exercise or another incident', async ({ db }) => {
  const { id: incidentId } = await buildIncident(db)
  const other = await buildIncident(db, { name: 'Bão số 4' })
  const at = hanoi('2026-03-02 09:20')
  await buildBulletin(db, { incidentId, state: 'in_review' })
  await buildBulletin(db, { incidentId, state: 'approved' })
  await buildBulletin(db, { incidentId, state: 'published', at })
  await buildBulletin(db, { incidentId, state: 'published', isExercise: true })
  await buildBulletin(db, { incidentId: other.id, state: 'published' })
  expect(await stormCounters(db, incidentId)).toMatchObject({ open: 2, issued: 1, corrections: 0, lastIssuedAt: at })
})
