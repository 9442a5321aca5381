import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { incidents } from '#db/schema/index.ts'
import type { ClockTime } from '#server/calendars/rules/deadlines.ts'
import type { Severity } from './rules/lifecycle.ts'
import { clockTimeIn } from './rules/storm.ts'

/** In which time the clock of a report runs: day and night for urgent reports of an incident in storm mode. */
export async function clockTimeOf(
  db: Connection,
  report: { severity: Severity; incidentId: string | null },
  at: Date,
): Promise<ClockTime> {
  if (report.severity !== 'urgent' || report.incidentId === null) return 'working'
  const [incident] = await db
    .select({ startsAt: incidents.startsAt, endsAt: incidents.endsAt, stormMode: incidents.stormMode })
    .from(incidents)
    .where(eq(incidents.id, report.incidentId))
  return clockTimeIn(report.severity, incident ?? null, at)
}
