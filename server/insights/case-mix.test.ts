import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { readCaseMix } from './queries/case-mix.ts'
import { countDataPoint } from './queries/drill-down.ts'
import { noBoardFilters } from './rules/filters.ts'
import { caseMixMarks } from './rules/marks.ts'

const filters = { ...noBoardFilters, period: { from: '2026-03-01', to: '2026-03-31' } }
const asOf = hanoi('2026-04-01 00:00')
const now = () => hanoi('2026-04-10 09:00')

test('an agency is held against what others missed of the same kind in the year before, and its marks open', async ({
  db,
}) => {
  const group = await buildCategory(db, { parentCode: null })
  const category = await buildCategory(db, { parentCode: group.code })
  const [own, other] = [await buildAgency(db), await buildAgency(db)]
  const area = await buildArea(db)
  const build = async (agencyId: string, received: string, { missed, due }: { missed: number; due: number }) => {
    for (let one = 0; one < due; one += 1) {
      const receivedAt = new Date(hanoi(received).getTime() + one * 60_000)
      // Due two working days later.
      const answeredAt = new Date(receivedAt.getTime() + (one < missed ? 9 : 1) * 86_400_000)
      const about = { agencyId, categoryCode: category.code, areaId: area.id }
      await buildLivedReport(db, { ...about, receivedAt, answeredAt })
    }
  }
  await build(other.id, '2025-11-03 09:00', { missed: 10, due: 40 })
  // More than twelve months before.
  await build(other.id, '2025-02-03 09:00', { missed: 20, due: 20 })
  await build(own.id, '2026-03-02 09:00', { missed: 20, due: 30 })
  // At night: a kind that others do not have.
  await build(own.id, '2026-03-03 20:00', { missed: 10, due: 10 })
  const city = { db, actor: await buildActor(db, 'manager'), now }
  const mix = await readCaseMix(city, { filters, asOf })
  expect(mix?.agencies.map(({ id }) => id)).toEqual([own.id])
  const [agency] = mix?.agencies ?? []
  expect(agency).toMatchObject({
    name: own.name,
    ...{ due: 40, missed: 30, covered: { due: 30, missed: 20 }, standing: 'alone' },
  })
  expect(mix?.past).toEqual({ from: '2025-03-01', due: 40, begins: null })
  // 10 of 40, and of the group the same.
  expect(agency?.expected).toBeCloseTo(30 * 0.25, 10)
  if (!agency) throw new Error('nothing is compared')
  for (const { dataPoint, count } of Object.values(caseMixMarks(agency)))
    expect((await countDataPoint(city, { dataPoint, filters, asOf })).count).toBe(count)

  const ofAgency = { ...city, actor: await buildActor(db, 'manager', own) }
  expect(await readCaseMix(ofAgency, { filters, asOf })).toBeNull()
  expect(await readCaseMix(city, { filters: { ...filters, agency: own.id }, asOf })).toBeNull()
  await expectSameAsKnownEarlier(db, city)
})

/** What happens later changes nothing of a past moment. */
async function expectSameAsKnownEarlier(db: Database, city: Parameters<typeof readCaseMix>[0]): Promise<void> {
  const before = await readCaseMix(city, { filters, asOf })
  const later = { ...city, db, now: () => hanoi('2027-01-10 09:00') }
  expect(await readCaseMix(later, { filters, asOf })).toEqual(before)
}
