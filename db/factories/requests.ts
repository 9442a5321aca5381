import type { Connection } from '#db/client.ts'
import { reportRequests } from '#db/schema/index.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import type { RequestKind } from '#server/reports/rules/lifecycle.ts'
import { buildActor } from './accounts.ts'
import type { BuiltReport } from './reports.ts'

export type BuiltRequest = typeof reportRequests.$inferSelect

/** An undecided request of an officer of the agency. */
export async function buildRequest(
  db: Connection,
  report: BuiltReport,
  kind: RequestKind,
  request: Partial<BuiltRequest> = {},
): Promise<BuiltRequest> {
  const askedById = request.askedById ?? (await buildActor(db, 'officer')).id
  const [row] = await db
    .insert(reportRequests)
    .values({
      reportId: report.id,
      kind,
      reason: 'Phải chờ xe cẩu của công ty',
      minutes: kind === 'extension' ? 480 : null,
      agencyId: kind === 'extension' ? null : report.agencyId,
      askedAt: hanoi('2026-03-02 10:00'),
      ...request,
      askedById,
    })
    .returning()
  return row as BuiltRequest
}
