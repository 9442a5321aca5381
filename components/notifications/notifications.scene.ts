import type { Database } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildEndlessHours, buildOffice, buildReportAt } from '#e2e/office.ts'

/** An office that is notified at any hour, with a report of its officer. */
export async function buildWatched(db: Database) {
  const office = await buildOffice(db, { calendarId: await buildEndlessHours(db) })
  const report = await buildReportAt(db, office, {
    assigneeId: office.officer.id,
    categoryCode: (await buildCategory(db)).code,
  })
  return { ...office, report }
}
