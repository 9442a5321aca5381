import { eq, inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { timeOfCalendar } from '#db/factories/calendars.ts'
import { events, reportClocks, reports } from '#db/schema/index.ts'
import { extendClock } from '#server/calendars/rules/deadlines.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { clockColumns, clockOf } from '#server/reports/clocks.ts'

type Change = {
  of: string
  from?: number
  to: number
  at: string
  event: string
  details: Record<string, unknown>
  set?: Partial<typeof reports.$inferInsert>
  toState?: (typeof events.$inferInsert)['toState']
}

/** What changes of the reports of the golden log after it has been told: nothing of it a column knows by time. */
const changes: Change[] = [
  {
    of: 'k01',
    to: 10,
    at: '2026-03-20 09:00',
    event: 'report.category_changed',
    details: { category: ['GL-01', 'GL-02'] },
    set: { categoryCode: 'GL-02' },
  },
  {
    of: 'k07',
    to: 5,
    at: '2026-03-12 09:00',
    event: 'report.place_changed',
    details: { areaId: [1, 2] },
    set: { areaId: 2 },
  },
  {
    of: 'k08',
    to: 4,
    at: '2026-03-14 12:00',
    event: 'report.severity_changed',
    details: { severity: ['normal', 'urgent'] },
    set: { severity: 'urgent' },
  },
  {
    of: 'k07',
    from: 6,
    to: 12,
    at: '2026-03-18 09:00',
    event: 'report.transferred',
    details: { agencyId: 'gl-b' },
    toState: 'awaiting_acceptance',
  },
  {
    of: 'k12',
    to: 5,
    at: '2026-03-17 09:00',
    event: 'report.assigned',
    details: { agencyId: 'gl-b' },
    toState: 'awaiting_acceptance',
  },
  { of: 'k16', to: 2, at: '2026-03-10 09:00', event: 'report.returned', details: {}, toState: 'awaiting_intake' },
  { of: 'k16', to: 3, at: '2026-03-11 09:00', event: 'report.escalated', details: { step: 'overdue_day' } },
  {
    of: 'k01',
    from: 11,
    to: 14,
    at: '2026-03-12 09:00',
    event: 'report.rated',
    details: { rating: 'dissatisfied' },
    toState: 'closed',
  },
  {
    of: 'k01',
    from: 20,
    to: 25,
    at: '2026-03-25 09:00',
    event: 'report.reopened',
    details: {},
    toState: 'in_progress',
  },
  {
    of: 'k07',
    from: 17,
    to: 21,
    at: '2026-03-20 10:00',
    event: 'report.severity_changed',
    details: { severity: ['normal', 'urgent'] },
    set: { severity: 'urgent' },
  },
  { of: 'k07', from: 13, to: 16, at: '2026-03-13 10:00', event: 'report.extended', details: { minutes: 960 } },
]

/**
 * Appends these changes to the golden log, of reports by their names in it. The log learns of them now, long after they
 * took effect.
 */
export async function changeLater(db: Database, idsOf: ReadonlyMap<string, readonly number[]>): Promise<void> {
  for (const { of, from = 0, to, at, event, details, set, toState } of changes) {
    const ids = idsOf.get(of)?.slice(from, to) ?? []
    const subject = { subjectKind: 'report', actorKind: 'robot', event, details, at: hanoi(at) } as const
    const states = toState ? ({ fromState: 'awaiting_approval', toState } as const) : {}
    await db.insert(events).values(ids.map((reportId) => ({ ...subject, ...states, reportId, agencyId: 'gl-a' })))
    if (set) await db.update(reports).set(set).where(inArray(reports.id, ids))
    if (event === 'report.extended') await extend(db, ids)
  }
}

async function extend(db: Database, ids: number[]) {
  for (const row of await db.select().from(reportClocks).where(inArray(reportClocks.reportId, ids))) {
    if (row.kind !== 'resolution') continue
    const { clock, calendarId } = clockOf(row)
    const columns = clockColumns(extendClock(clock, 960), await timeOfCalendar(db, calendarId))
    await db.update(reportClocks).set(columns).where(eq(reportClocks.id, row.id))
  }
}
