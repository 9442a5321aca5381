import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildAgencyLog } from '#db/factories/agency-log.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { unique } from '#db/factories/unique.ts'
import { areas } from '#db/schema/index.ts'
import { catchUp } from '#server/insights/commands/catch-up.ts'

/** A department whose log covers so many days, the last of them all late, and its head. */
export async function buildDepartment(db: Database, days: number, lateDays = 0) {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId, name: `Sở Thủy lợi ${unique('so')}` })
  const head = await buildAccount(db, { agency, roles: ['approver'] })
  const staff = [await buildAccount(db, { agency }), await buildAccount(db, { agency })]
  const { code: categoryCode } = await buildCategory(db)
  const [area] = await db.select().from(areas).limit(1)
  if (!area) throw new Error('the city has no commune')
  await buildAgencyLog(db, { agencyId: agency.id, categoryCode, areaId: area.id, staff, days, lateDays })
  // The figures of a city that was just seeded may be behind.
  await catchUp(db)
  return { agency, head }
}
