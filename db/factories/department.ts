import type { Database } from '#db/client.ts'
import { areas } from '#db/schema/index.ts'
import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { buildAccount } from './accounts.ts'
import { buildAgency, buildCity } from './agencies.ts'
import { buildCategory } from './categories.ts'
import { buildLivedReport } from './lived-reports.ts'
import { unique } from './unique.ts'

const day = 86_400_000
const hour = 3_600_000

/** `daysAgo` days ago, at an hour in Hanoi. */
export const at = (daysAgo: number, hourOfDay: number) =>
  new Date(startOfDay(localDayOf(new Date(Date.now() - daysAgo * day))).getTime() + hourOfDay * hour)

export async function anyArea(db: Database) {
  const [area] = await db.select({ id: areas.id, name: areas.name }).from(areas).limit(1)
  if (!area) throw new Error('the city has no commune')
  return area
}

/**
 * A department and a unit below it, with every report of its month: of 24 received, twelve were handled in time and
 * four late, two were rejected, three are open in time and three overdue. All are in one commune; the unit below has
 * one.
 */
export async function buildDepartment(db: Database) {
  const { calendarId } = await buildCity(db)
  const name = `Sở Thủy lợi ${unique('so')}`
  const department = await buildAgency(db, { calendarId, name, id: unique('so') })
  const below = await buildAgency(db, { calendarId, parentId: department.id, name: `Chi cục của ${name}` })
  const head = await buildAccount(db, { agency: department, name: 'Nguyễn Thị Hoa', roles: ['approver'] })
  const { code: categoryCode } = await buildCategory(db)
  const area = await anyArea(db)
  type Life = Pick<Parameters<typeof buildLivedReport>[1], 'receivedAt' | 'answeredAt' | 'refusedAt'>
  const build = async (count: number, life: Life, agencyId = department.id) => {
    for (let nth = 0; nth < count; nth++) {
      await buildLivedReport(db, { agencyId, categoryCode, areaId: area.id, ...life })
    }
  }
  await build(1, { receivedAt: at(10, 9), answeredAt: at(10, 11) }, below.id)
  await build(11, { receivedAt: at(10, 9), answeredAt: at(10, 11) })
  await build(4, { receivedAt: at(20, 14), answeredAt: at(4, 10) })
  await build(2, { receivedAt: at(9, 15), refusedAt: at(9, 17) })
  await build(3, { receivedAt: new Date(Date.now() - 2 * hour) })
  await build(3, { receivedAt: at(25, 8) })
  return { department, below, head, area, address: `/insights?agency=${department.id}` }
}
