import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { closeIncident } from '#server/incidents/commands/close-incident.ts'
import { switchStormMode } from '#server/incidents/commands/switch-storm-mode.ts'
import { readWeekly } from './queries/weekly.ts'

const at = (db: Database, actor: Context['actor'], local: string): Context => ({ db, actor, now: () => hanoi(local) })

const stormsOf = async (db: Database, actor: Context['actor'], from: string) =>
  (await readWeekly(at(db, actor, '2026-06-01 08:00'), { edition: 'weekly', from, agency: null })).storms.map(
    ({ incident, inPeriod }) => [incident.name, inPeriod],
  )

test('the report lists incidents that were in emergency mode in the period, and no others', async ({ db }) => {
  const [leader, dispatcher] = [await buildActor(db, 'manager'), await buildActor(db, 'dispatcher')]
  const build = (name: string) => buildIncident(db, { name, startsAt: hanoi('2026-04-07 06:00') })
  const [storm, rain] = [await build('Bão số 1'), await build('Mưa lớn')]
  await buildReport(db, { incidentId: storm.id, receivedAt: hanoi('2026-04-07 09:00') })
  await buildReport(db, { incidentId: storm.id, receivedAt: hanoi('2026-04-14 09:00') })
  const act = (local: string) => at(db, dispatcher, local)
  const on = await switchStormMode(act('2026-04-08 10:00'), { id: storm.id, version: 1, stormMode: true })
  await switchStormMode(act('2026-04-15 10:00'), { ...on, stormMode: false })
  expect(await stormsOf(db, leader, '2026-03-30')).toEqual([])
  expect(await stormsOf(db, leader, '2026-04-06')).toEqual([['Bão số 1', 1]])
  expect(await stormsOf(db, leader, '2026-04-13')).toEqual([['Bão số 1', 1]])
  expect(await stormsOf(db, leader, '2026-04-20')).toEqual([])

  const raging = await switchStormMode(act('2026-04-21 10:00'), { id: rain.id, version: 1, stormMode: true })
  expect(await stormsOf(db, leader, '2026-05-04')).toEqual([['Mưa lớn', 0]])
  await closeIncident(act('2026-05-05 10:00'), { ...raging, remarks: '' })
  expect(await stormsOf(db, leader, '2026-05-04')).toEqual([['Mưa lớn', 0]])
  expect(await stormsOf(db, leader, '2026-05-11')).toEqual([])
})
