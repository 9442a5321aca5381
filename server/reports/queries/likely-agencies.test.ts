import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { likelyAgencies } from './likely-agencies.ts'

const now = () => new Date('2026-03-02T03:00:00Z')

test('agencies that hold reports of the place, those of the category first; an officer sees only visible ones', async ({
  db,
}) => {
  const [here, there] = [await buildArea(db), await buildArea(db)]
  const [lamps, trees] = [await buildCategory(db), await buildCategory(db)]
  const [ward, light, green] = [await buildAgency(db), await buildAgency(db), await buildAgency(db)]
  const sent = (agency: { id: string }, category: { code: string }, areaId = here.id) =>
    buildReport(db, {
      state: 'in_progress',
      agencyId: agency.id,
      heldBy: [agency.id],
      categoryCode: category.code,
      areaId,
    })
  for (let i = 0; i < 3; i++) await sent(ward, trees)
  await sent(light, lamps)
  for (let i = 0; i < 4; i++) await sent(green, lamps, there.id)
  const report = await buildReport(db, { state: 'awaiting_intake', categoryCode: lamps.code, areaId: here.id })

  const dispatcher = await buildActor(db, 'dispatcher')
  expect(await likelyAgencies({ db, actor: dispatcher, now }, report.id)).toEqual([light.id, ward.id])
  const nowhere = await buildReport(db, { state: 'awaiting_intake', categoryCode: lamps.code, areaId: null })
  expect(await likelyAgencies({ db, actor: dispatcher, now }, nowhere.id)).toEqual([])

  const own = await sent(ward, trees)
  const officer = await buildActor(db, 'officer', ward)
  expect(await likelyAgencies({ db, actor: officer, now }, own.id)).toEqual([ward.id])
  await expect(likelyAgencies({ db, actor: officer, now }, report.id)).rejects.toThrow('not_found')
})
