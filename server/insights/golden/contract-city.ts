import { eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { events, reports } from '#db/schema/index.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { catchUp } from '../commands/catch-up.ts'
import { changeLater } from './later-changes.ts'

/**
 * The golden log with all that a board can be narrowed to and asked about: changes the log learned of later, an agency
 * below another, an incident, and reports without a place. `before`: what is done while the log does not know the later
 * changes yet.
 */
export async function buildContractCity(
  db: Database,
  before: (city: {
    incidentId: string
    idsOf: ReadonlyMap<string, readonly number[]>
  }) => Promise<void> = async () => {},
): Promise<{ incidentId: string }> {
  const idsOf = await writeGoldenLog(db)
  const some = (kind: string, from: number, to: number) => idsOf.get(kind)?.slice(from, to) ?? []
  await buildAgency(db, { id: 'gl-c', name: 'C', parentId: 'gl-a' })
  const { id: incidentId } = await buildIncident(db)
  const during = [...some('k02', 0, 12), ...some('k07', 0, 20), ...some('k14', 0, 6)]
  await db.update(reports).set({ incidentId }).where(inArray(reports.id, during))
  await db
    .update(reports)
    .set({ areaId: null })
    .where(inArray(reports.id, [...some('k03', 0, 3), ...some('k12', 3, 5)]))
  await keepHolders(db)
  await before({ incidentId, idsOf })
  await changeLater(db, idsOf)
  const passedOn = some('k07', 22, 28)
  const passing = { subjectKind: 'report', actorKind: 'robot', event: 'report.transferred' } as const
  const details = { agencyId: 'gl-c' }
  await db.insert(events).values(
    passedOn.map((reportId) => ({
      ...passing,
      reportId,
      agencyId: 'gl-a',
      details,
      at: hanoi('2026-03-11 10:00'),
      recordedAt: hanoi('2026-03-11 10:00'),
      fromState: 'in_progress' as const,
      toState: 'awaiting_acceptance' as const,
    })),
  )
  await keepHolders(db)
  await catchUp(db)
  // The planner knows the city as it would after a while.
  await db.execute(sql`analyze`)
  return { incidentId }
}

/** Who holds and held a report, as the desk keeps it beside the log. */
async function keepHolders(db: Database): Promise<void> {
  const given = await db
    .select({ reportId: events.reportId, agencyId: sql<string>`${events.details} ->> 'agencyId'` })
    .from(events)
    .where(inArray(events.event, ['report.assigned', 'report.transferred']))
    .orderBy(events.at, events.id)
  for (const [reportId, all] of Map.groupBy(given, (event) => event.reportId)) {
    if (reportId === null) continue
    const heldBy = [...new Set(all.map(({ agencyId }) => agencyId))]
    await db
      .update(reports)
      .set({ heldBy, agencyId: all.at(-1)?.agencyId ?? null })
      .where(eq(reports.id, reportId))
  }
}
