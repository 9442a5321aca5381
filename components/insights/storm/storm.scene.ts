import { like } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { areas, incidents } from '#db/schema/index.ts'

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)

type Place = { incidentId: string; categoryCode: string; areaId: number; agencyId: string }
type Wanted = Parameters<typeof buildReport>[1]

/** One more report of a storm, at its agency. */
export const buildReportOf = (db: Database, place: Place, wanted: Wanted): Promise<BuiltReport> =>
  buildReport(db, { ...place, heldBy: [place.agencyId], state: 'in_progress', ...wanted })

/** A storm in progress with a separate agency: two reports within the hour, one of the hour before. */
export async function buildStorm(db: Database) {
  const incident = await buildIncident(db, { name: `Bão ${unique('storm')}`, startsAt: hoursAgo(6), stormMode: true })
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId })
  const category = await buildCategory(db)
  const [area] = await db.select({ id: areas.id }).from(areas).limit(1)
  if (!area) throw new Error('the city has no commune')
  const place = { incidentId: incident.id, categoryCode: category.code, areaId: area.id, agencyId: agency.id }
  await buildReportOf(db, place, { receivedAt: hoursAgo(1.5), title: 'Cây đổ từ sớm' })
  await buildReportOf(db, place, { receivedAt: hoursAgo(0.5), severity: 'urgent' })
  await buildReportOf(db, place, { receivedAt: hoursAgo(0.2) })
  return { incident: { id: incident.id, name: incident.name }, place }
}

/** The head of an agency with three reports of a storm, of which another agency has one more. */
export async function buildHeadInStorm(db: Database) {
  const { incident, place } = await buildStorm(db)
  const { calendarId } = await buildCity(db)
  const elsewhere = await buildAgency(db, { calendarId })
  await buildReportOf(db, { ...place, agencyId: elsewhere.id }, { receivedAt: hoursAgo(2) })
  const head = await buildAccount(db, { agencyId: place.agencyId, roles: ['approver'] })
  return { incident, head }
}

/** An incident that begins in two days, without a report. */
export const buildExpected = (db: Database) =>
  buildIncident(db, { name: `Bão ${unique('storm')}`, startsAt: hoursAgo(-48) })

/** The storm of September 2024. */
export async function idOfYagi(db: Database): Promise<string> {
  const [yagi] = await db.select({ id: incidents.id }).from(incidents).where(like(incidents.name, '%Yagi%'))
  if (!yagi) throw new Error('the city has no storm Yagi')
  return yagi.id
}
