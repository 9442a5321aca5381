import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { cityAgencies, cityAreas, cityCalendars, cityCategories } from '#db/demo/city.ts'
import { agencies, areas, calendarDays, calendars, calendarVersions, categories } from '#db/schema/index.ts'

/** The real city without its people and reports: 206 agencies, 126 communes, the categories, the holidays. */
export async function buildHanoi(db: Database): Promise<void> {
  const city = cityCalendars()
  await db.insert(calendars).values(city.calendars)
  await db.insert(calendarVersions).values(city.versions)
  await db.insert(calendarDays).values(city.days)
  const all = cityAgencies()
  await db.insert(agencies).values(all.map((agency) => ({ ...agency, parentId: null, successorId: null })))
  for (const { id, parentId, successorId } of all) {
    if (parentId || successorId) await db.update(agencies).set({ parentId, successorId }).where(eq(agencies.id, id))
  }
  await db.insert(areas).values(cityAreas())
  const tree = cityCategories().map(({ formerLeadAgencyId, ...category }) => category)
  await db.insert(categories).values(tree.filter(({ parentCode }) => !parentCode))
  await db.insert(categories).values(tree.filter(({ parentCode }) => parentCode))
}
