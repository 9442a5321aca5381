import type { Connection } from '#db/client.ts'
import { events } from '#db/schema/index.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { type BuiltReport, buildReport } from './reports.ts'

type Before = { event: EventName; from: ReportState; details?: Record<string, unknown>; row?: Record<string, unknown> }

/** A report whose last decision can be undone for another minute, as the commands write it. */
export async function buildHeld(
  db: Connection,
  { event, from, details, row = {} }: Before,
  wanted: Parameters<typeof buildReport>[1],
): Promise<BuiltReport> {
  const until = new Date(Date.now() + 60_000)
  const report = await buildReport(db, { releasedAt: until, ...wanted })
  await db.insert(events).values({
    ...{
      at: new Date(),
      event,
      subjectKind: 'report',
      reportId: report.id,
      actorKind: 'robot',
      version: report.version,
    },
    ...{ fromState: from, toState: report.state },
    details: { ...details, kept: { until: until.toISOString(), row } },
  })
  return report
}
