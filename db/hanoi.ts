import { eq } from 'drizzle-orm'
import type { Database, Transaction } from './client.ts'
import { cityAgencies, cityAreas, cityCalendars, cityCategories } from './demo/city.ts'
import { agencies, areas, calendarDays, calendars, calendarVersions, categories } from './schema/index.ts'

/**
 * The base data of every desk of Hanoi: calendars with their holidays, agencies, communes, categories with their
 * limits.
 */
export async function writeHanoi(db: Database | Transaction): Promise<void> {
  const city = cityCalendars()
  await db.insert(calendars).values(city.calendars)
  await db.insert(calendarVersions).values(city.versions)
  await db.insert(calendarDays).values(city.days)
  const all = cityAgencies()
  // All agencies are inserted first, then their references to parents and successors are set.
  await db.insert(agencies).values(all.map((agency) => ({ ...agency, parentId: null, successorId: null })))
  for (const { id, parentId, successorId } of all) {
    if (parentId || successorId) await db.update(agencies).set({ parentId, successorId }).where(eq(agencies.id, id))
  }
  await db.insert(areas).values(cityAreas())
  const tree = cityCategories().map(({ formerLeadAgencyId, ...category }) => category)
  await db.insert(categories).values(tree.filter(({ parentCode }) => !parentCode))
  await db.insert(categories).values(tree.filter(({ parentCode }) => parentCode))
}
