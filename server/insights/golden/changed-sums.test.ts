import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { timeOfCalendar } from '#db/factories/calendars.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { buildReport } from '#db/factories/reports.ts'
import { events, reportClocks, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { extendClock, stopClock } from '#server/calendars/rules/deadlines.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { clockColumns, clockOf } from '#server/reports/clocks.ts'
import { catchUp } from '../commands/catch-up.ts'
import { fillDays, fillMonths } from '../commands/fill-sums.ts'
import { type FigureSum, sharesToFill, sumsOfDays, sumsOfMonth } from '../commands/sum-up.ts'
import { bucketsOf } from '../rules/period.ts'

const end = new Date('2026-05-02T03:00:00Z')
const months: readonly LocalDay[] = ['2026-03-01', '2026-04-01']

type ToState = (typeof events.$inferInsert)['toState']
/** What may be told of a report, in an order that no desk would follow: what is counted of it need not make sense. */
const moves: Record<string, { toState?: ToState; details?: (pick: number) => Record<string, unknown> }> = {
  tags_changed: {},
  assigned: { toState: 'awaiting_acceptance', details: (pick) => ({ agencyId: pick % 2 ? 'gl-a' : 'gl-b' }) },
  transferred: { toState: 'awaiting_acceptance', details: (pick) => ({ agencyId: pick % 2 ? 'gl-a' : 'gl-b' }) },
  returned: { toState: 'awaiting_intake' },
  escalated: { details: () => ({ step: 'overdue_day' }) },
  answered: { toState: 'answered' },
  answer_sent: { toState: 'answered' },
  rated: { toState: 'closed', details: (pick) => ({ rating: pick % 2 ? 'satisfied' : 'dissatisfied' }) },
  reopened: { toState: 'in_progress' },
  rejected: { toState: 'rejected', details: (pick) => ({ reason: pick % 2 ? 'spam' : 'out_of_scope' }) },
  merged: { toState: 'merged' },
  unmerged: { toState: 'awaiting_intake' },
}
const kinds = [...Object.keys(moves), 'category', 'area', 'severity', 'clock', 'received', 'forgotten'] as const

const act = fc.record({
  kind: fc.constantFrom(...kinds),
  of: fc.nat(214),
  pick: fc.nat(9),
  minutes: fc.nat(58 * 1_440),
})
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

async function take(db: Database, sql: Sql, { kind, of, pick, minutes }: Act): Promise<void> {
  const [report] = await db.select().from(reports).orderBy(reports.id).offset(of).limit(1)
  if (!report) return
  const { id: reportId, receivedAt } = report
  const drawn = hanoi('2026-03-02 08:00').getTime() + minutes * 60_000
  // Nothing happens to a report before it is received: minutes are never below zero.
  const at = new Date(Math.max(drawn, receivedAt.getTime()))
  const tell = async (name: string, details: Record<string, unknown> = {}, toState?: ToState) => {
    const states = toState ? ({ fromState: 'awaiting_approval', toState } as const) : {}
    const event = { subjectKind: 'report', actorKind: 'robot', event: `report.${name}`, details, at } as const
    await db.insert(events).values({ ...event, ...states, reportId, agencyId: 'gl-a' })
  }
  const change = async (set: Partial<typeof reports.$inferInsert>, name: string, details: Record<string, unknown>) => {
    await db.update(reports).set(set).where(eq(reports.id, reportId))
    await tell(name, details)
  }
  switch (kind) {
    case 'category': {
      const categoryCode = pick % 2 ? 'GL-01' : 'GL-02'
      return change({ categoryCode }, 'category_changed', { category: [report.categoryCode, categoryCode] })
    }
    case 'area':
      return change({ areaId: (pick % 2) + 1 }, 'place_changed', { areaId: [report.areaId, (pick % 2) + 1] })
    case 'severity': {
      const severity = pick % 2 ? 'urgent' : 'complex'
      return change({ severity }, 'severity_changed', { severity: [report.severity, severity] })
    }
    case 'clock':
      return changeClocks(db, reportId, pick, at).then(() => tell('extended', { minutes: 60 * pick }))
    case 'received':
      await buildReport(db, {
        receivedAt: at,
        categoryCode: 'GL-01',
        areaId: 2,
        state: pick % 2 ? 'answered' : 'awaiting_intake',
      })
      return
    case 'forgotten':
      // Sums that do not exist stay absent.
      await sql`delete from figure_sums where level = 'day' and first_day = ${localDayOf(at)}`
      return
    default:
      return tell(kind, moves[kind]?.details?.(pick), moves[kind]?.toState)
  }
}

async function changeClocks(db: Database, reportId: number, pick: number, at: Date): Promise<void> {
  for (const row of await db.select().from(reportClocks).where(eq(reportClocks.reportId, reportId))) {
    const { clock, calendarId } = clockOf(row)
    if (row.kind !== 'resolution' || clock.stoppedAt || at < clock.startedAt) continue
    const changed = pick < 7 ? extendClock(clock, 60 * pick) : stopClock(clock, at)
    const columns = clockColumns(changed, await timeOfCalendar(db, calendarId))
    await db.update(reportClocks).set(columns).where(eq(reportClocks.id, row.id))
  }
}

const byName = (sums: readonly FigureSum[]) =>
  Object.fromEntries(
    sums.map(({ slice, level, firstDay, ...one }) => [`${slice} ${level} ${firstDay}`, { settled: null, ...one }]),
  )

const storedSums = async (sql: Sql) =>
  byName(await sql<FigureSum[]>`select slice, level, first_day::text as "firstDay", sums, settled from figure_sums`)

/** The same months and days counted from their rows. */
const recounted = (db: Database, days: ReadonlySet<LocalDay>) =>
  db.transaction(async (tx) => {
    const sums: FigureSum[] = []
    for (const month of months) {
      for (const share of await sharesToFill(tx, month)) sums.push(...(await sumsOfMonth(tx, month, share)))
    }
    sums.push(...(await sumsOfDays(tx, [...days].sort())))
    return byName(sums.filter(({ level, firstDay }) => level === 'month' || days.has(firstDay)))
  })

test('after whatever happens to reports, every sum has the text that its recount from the rows has', {
  timeout: 240_000,
}, async ({ db, sql }) => {
  await writeGoldenLog(db)
  await sql`select setval(pg_get_serial_sequence('reports', 'id'), (select max(id) from reports))`
  await catchUp(db)
  await fillDays(db, end)
  await fillMonths(db, end)
  await sql`delete from figure_sums where first_day < ${months[0] as string}`
  await sql`delete from figure_sums where level = 'day' and first_day > '2026-04-30'`
  const days = new Set(bucketsOf('2026-03-01', '2026-04-30', 'day').map(({ from }) => from))
  expect(await storedSums(sql)).toEqual(await recounted(db, days))
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
      for (const one of acts) await take(db, sql, one)
      const known = await sql<{ day: LocalDay }[]>`
        select first_day::text as day from figure_sums where level = 'day' and slice = '* * *'`
      await catchUp(db)
      const stored = await storedSums(sql)
      expect(stored).toEqual(await recounted(db, new Set(known.map(({ day }) => day))))
    }),
    // What one run did stays for the next: a shorter one is no counterexample.
    { numRuns: 40, endOnFailure: true },
  )
  const [left] = await sql<{ days: number; behind: number }[]>`
    select count(*)::int as days, (select count(distinct report_id)::int from stale_facts) as behind
    from figure_sums where level = 'day' and slice = '* * *'`
  expect(left?.days).toBeGreaterThan(20)
  // Of a few no rows follow: they ended before they began.
  expect(left?.behind).toBeLessThan(20)
})
