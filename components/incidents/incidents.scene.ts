import { and, count, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { incidentSuggestions, reports } from '#db/schema/index.ts'
import { buildOffice, buildReportAt, hoursAgo } from '#e2e/office.ts'

/** An incident that began an hour ago, with an urgent report whose deadline is twenty hours of work away. */
export async function buildUrgent(db: Database) {
  const storm = await buildIncident(db, { name: `Bão ${unique('storm')}`, startsAt: hoursAgo(1) })
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId })
  const category = await buildCategory(db, { urgentMinutes: 20 * 60 })
  const report = await buildReport(db, {
    agencyId: agency.id,
    incidentId: storm.id,
    categoryCode: category.code,
    severity: 'urgent',
    state: 'in_progress',
    receivedAt: hoursAgo(1),
    assignedAt: hoursAgo(1),
  })
  return { storm, report }
}

/** A closed flood and an open fire, both with this word in their names. */
export async function buildTwo(db: Database, word: string): Promise<void> {
  const span = { startsAt: hoursAgo(9), endsAt: hoursAgo(1) }
  await buildIncident(db, { ...span, name: `Ngập ${word}`, kind: 'flood', closedAt: new Date() })
  await buildIncident(db, { ...span, name: `Cháy ${word}`, kind: 'fire' })
}

/** An incident and four reports of an office in whose titles this word stands. */
export async function buildUnlinked(db: Database, word: string) {
  const office = await buildOffice(db)
  const incident = await buildIncident(db, { name: `Lũ sông Bùi ${word}`, startsAt: hoursAgo(24) })
  for (const place of ['Thủy Xuân Tiên', 'Nam Phương Tiến', 'Tân Tiến', 'chợ Bến']) {
    await buildReportAt(db, office, { title: `Nước ${word} tràn ở ${place}` })
  }
  return { office, incident }
}

/** A separate incident, under way since yesterday, with reports that an office handles. */
export async function buildFlood(db: Database, reportCount: number) {
  const office = await buildOffice(db)
  const incident = await buildIncident(db, { name: `Ngập ${unique('flood')}`, kind: 'flood', startsAt: hoursAgo(24) })
  const { code } = await buildCategory(db, { needsApproval: false })
  const built = []
  for (let at = 1; at <= reportCount; at += 1) {
    built.push(
      await buildReportAt(db, office, {
        incidentId: incident.id,
        categoryCode: code,
        title: `Ngập ngõ ${at} Thái Hà`,
        address: `ngõ ${at} Thái Hà`,
        receivedAt: new Date(hoursAgo(5).getTime() + at * 1000),
      }),
    )
  }
  return { incident, reports: built }
}

export async function dueAtOf(db: Database, id: number): Promise<Date | null> {
  const [report] = await db.select({ dueAt: reports.dueAt }).from(reports).where(eq(reports.id, id))
  return report?.dueAt ?? null
}

/** How many reports the matcher suggests for an incident. It works in the background, and the page does not follow. */
export const suggestedFor = (db: Database, incidentId: string): Promise<number> =>
  db.$count(
    incidentSuggestions,
    and(eq(incidentSuggestions.incidentId, incidentId), eq(incidentSuggestions.status, 'pending')),
  )

/** How many reports are linked with an incident. */
export async function linkedTo(db: Database, incidentId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(reports).where(eq(reports.incidentId, incidentId))
  return row?.count ?? 0
}

/** The numbers of the reports that were merged into another. */
export async function mergedInto(db: Database, id: number): Promise<number[]> {
  const merged = await db.select({ id: reports.id }).from(reports).where(eq(reports.mergedIntoId, id))
  return merged.map((report) => report.id).sort()
}
