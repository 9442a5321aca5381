import { and, asc, between, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { incidents, reportClocks, reports } from '#db/schema/index.ts'
import { type Deadline, switchTime } from '#server/calendars/rules/deadlines.ts'
import { clockOf, ReportClocks, type WorkingTimes } from './clocks.ts'
import { openStates } from './rules/lifecycle.ts'
import { clockTimeIn } from './rules/storm.ts'

/**
 * The reports whose deadlines are meant: those with a running clock of this calendar, or of this incident; both null:
 * of every calendar.
 */
export type DeadlineScope = { calendarId: string | null; incidentId: string | null }

export type IdRange = { fromId: number; toId: number }

/** The condition for open reports that the scope may concern. Stopped clocks keep their stored values. */
export function openIn({ calendarId, incidentId }: DeadlineScope) {
  const runs = and(
    eq(reportClocks.reportId, reports.id),
    isNull(reportClocks.stoppedAt),
    calendarId === null ? undefined : eq(reportClocks.calendarId, calendarId),
  )
  return and(
    inArray(reports.state, [...openStates]),
    incidentId === null ? undefined : eq(reports.incidentId, incidentId),
    sql`exists (select from ${reportClocks} where ${runs})`,
  )
}

type OpenReport = Pick<
  typeof reports.$inferSelect,
  'id' | 'state' | 'agencyId' | 'severity' | 'incidentId' | 'dueAt' | 'soonAt'
>

/** A report whose recomputed deadline differs from the stored one. */
export type DeadlineChange = {
  report: OpenReport
  clocks: ReportClocks
  deadline: Deadline
  /**
   * Whether the due instant changes. That of a paused report, or of one overdue when its clock is switched, does not.
   */
  isMoved: boolean
}

/**
 * Recomputes the deadlines of open reports and returns those that change. For an incident the clocks of its urgent
 * reports are first switched, at `at`, to the time the incident runs in. With `lock` the reports are locked until the
 * transaction ends, in order of their id, so that two runs never deadlock.
 */
export async function deadlineChanges(
  db: Connection,
  scope: DeadlineScope,
  range: IdRange,
  times: WorkingTimes,
  { at, lock }: { at: Date; lock: boolean },
): Promise<DeadlineChange[]> {
  const query = db
    .select({
      id: reports.id,
      state: reports.state,
      agencyId: reports.agencyId,
      severity: reports.severity,
      incidentId: reports.incidentId,
      dueAt: reports.dueAt,
      soonAt: reports.soonAt,
    })
    .from(reports)
    .where(and(between(reports.id, range.fromId, range.toId), openIn(scope)))
    .orderBy(asc(reports.id))
  const open: OpenReport[] = lock ? await query.for('no key update') : await query
  if (open.length === 0) return []
  const rows = await goingClocks(db, range)
  const incident = scope.incidentId === null ? null : await incidentOf(db, scope.incidentId)
  return open.flatMap((report) => {
    const own = rows.get(report.id) ?? []
    const clocks = new ReportClocks(report.id, own.map(clockOf), times)
    const running = clocks.running()
    if (!running) return []
    const row = own.find(({ id }) => id === running.id)
    if (incident && running.clock.kind === 'resolution') {
      const time = clockTimeIn(report.severity, incident, at)
      running.clock = switchTime(running.clock, time, at)
    }
    const deadline = clocks.deadline()
    const isSwitched = running.clock.time !== row?.time
    const stands = sameInstant(deadline.dueAt, row?.dueAt ?? null) && sameInstant(deadline.soonAt, report.soonAt)
    if (stands && !isSwitched) return []
    // Marks the clock as changed, so that it is written with the report.
    clocks.change(running, (clock) => clock)
    return [{ report, clocks, deadline, isMoved: !sameInstant(deadline.dueAt, report.dueAt) }]
  })
}

async function goingClocks(db: Connection, { fromId, toId }: IdRange) {
  const rows = await db
    .select()
    .from(reportClocks)
    .where(and(between(reportClocks.reportId, fromId, toId), isNull(reportClocks.stoppedAt)))
    .orderBy(asc(reportClocks.reportId), asc(reportClocks.round), asc(reportClocks.id))
  return Map.groupBy(rows, ({ reportId }) => reportId)
}

async function incidentOf(db: Connection, id: string) {
  const [incident] = await db
    .select({ startsAt: incidents.startsAt, endsAt: incidents.endsAt, stormMode: incidents.stormMode })
    .from(incidents)
    .where(eq(incidents.id, id))
  return incident ?? null
}

const sameInstant = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime()
