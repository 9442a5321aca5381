import { asc, eq, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import {
  events,
  reportAnswers,
  reportClocks,
  reportMessages,
  reportNotes,
  reportRequests,
  reports,
} from '#db/schema/index.ts'

/** All rows of a report, for tests. */
export async function storyOf(db: Connection, reportId: number) {
  const [report] = await db.select().from(reports).where(eq(reports.id, reportId))
  if (!report) throw new Error(`there is no report ${reportId}`)
  const of = <T extends { reportId: typeof reportClocks.reportId }>(table: T) => eq(table.reportId, reportId)
  const clocks = await db.select().from(reportClocks).where(of(reportClocks)).orderBy(asc(reportClocks.id))
  const log = await db.select().from(events).where(eq(events.reportId, reportId)).orderBy(asc(events.id))
  const answers = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, reportId))
  const requests = await db.select().from(reportRequests).where(eq(reportRequests.reportId, reportId))
  const messages = await db.select().from(reportMessages).where(eq(reportMessages.reportId, reportId))
  const notes = await db.select().from(reportNotes).where(eq(reportNotes.reportId, reportId))
  const ofKind = (kind: 'intake' | 'resolution') => clocks.filter((clock) => clock.kind === kind)
  return {
    report,
    clocks,
    intake: ofKind('intake').at(-1),
    resolution: ofKind('resolution').at(-1),
    events: log,
    lastEvent: log.at(-1),
    answers,
    requests,
    messages,
    notes,
  }
}

export type QueuedJob = { task: string; payload: Record<string, unknown>; runAt: Date; key: string | null }

/** The queued jobs with a key. */
export async function jobsUnder(db: Connection, key: string): Promise<QueuedJob[]> {
  return [
    ...(await db.execute<QueuedJob>(sql`
      select t.identifier as task, j.payload, j.run_at as "runAt", j.key
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.key = ${key}`)),
  ]
}
