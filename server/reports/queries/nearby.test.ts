import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { nearbyReports } from './nearby.ts'

const now = () => hanoi('2026-03-02 10:00')
const place = { lon: 105.85, lat: 21.03 }
const metres = (east: number) => ({ lon: place.lon + east / 103_900, lat: place.lat })

test('likely duplicates are close by, of the same family and about the same time; the likeliest first', async ({
  db,
}) => {
  const actor = await buildActor(db, 'dispatcher')
  const category = await buildCategory(db)
  const receivedAt = hanoi('2026-03-02 08:00')
  const same = { ...place, categoryCode: category.code, receivedAt }
  const report = await buildReport(db, same)
  const far = await buildReport(db, { ...same, ...metres(140) })
  const near = await buildReport(db, { ...same, ...metres(40), receivedAt: hanoi('2026-03-02 09:00') })
  await buildReport(db, { ...same, ...metres(160) })
  await buildReport(db, { ...same, receivedAt: hanoi('2026-02-27 07:00') })
  await buildReport(db, { ...same, state: 'rejected', rejectReason: 'spam' })
  await buildReport(db, { ...same, lon: null, lat: null })
  await buildReport(db, { ...same, categoryCode: (await buildCategory(db, { parentCode: null })).code })

  const found = await nearbyReports({ db, actor, now }, report.id)
  expect(found.map(({ code, metres }) => [code, metres])).toEqual([
    [near.code, 40],
    [far.code, 140],
  ])
  expect(found[0]?.receivedAt).toEqual(hanoi('2026-03-02 09:00'))
})

test('what the reader may not see is not suggested either', async ({ db }) => {
  const agency = await buildAgency(db)
  const category = await buildCategory(db)
  const there = { lon: 105.7, lat: 21.1, categoryCode: category.code, state: 'in_progress' as const }
  const own = await buildReport(db, { ...there, agencyId: agency.id })
  await buildReport(db, there)
  expect(await nearbyReports({ db, actor: await buildActor(db, 'officer', agency), now }, own.id)).toEqual([])
})
