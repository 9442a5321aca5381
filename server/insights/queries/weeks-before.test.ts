import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { test as base } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import { channels } from '#server/reports/rules/lifecycle.ts'
import { catchUp } from '../commands/catch-up.ts'
import { changeLater } from '../golden/later-changes.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'
import { resolvePeriod } from '../rules/period.ts'
import { usualOf } from '../rules/usual.ts'
import { type ByDay, countsIn, openIn } from '../rules/weeks-before.ts'
import { readBoard } from './board.ts'
import { partsBefore } from './explain-tests.ts'
import { readNames } from './names.ts'
import { openTotals } from './open.ts'
import { readWeeksBefore } from './weeks-before.ts'

const test = base.extend('read', { scope: 'file' }, async ({ db }) => {
  await changeLater(db, await writeGoldenLog(db))
  await catchUp(db)
  const actor = await buildActor(db, 'manager')
  return (wanted: Partial<BoardFilters>) => {
    const filters = { ...noBoardFilters, period: { from: '2026-03-16', to: '2026-03-22' }, ...wanted }
    const period = resolvePeriod(filters, hanoi('2026-03-20 10:00'))
    return { db, period, under: { filters, span: period, actor } }
  }
})

async function knownOf(reading: Parameters<typeof readWeeksBefore>[0]) {
  const known = await readWeeksBefore(reading)
  if (!known?.weeks) throw new Error('the city had not begun')
  return { ...known, weeks: known.weeks }
}

test('the parts of the city sum to the city, day by day', async ({ read }) => {
  const whole = await knownOf(read({}))
  const parts = await Promise.all(channels.map((channel) => readWeeksBefore(read({ channel }))))
  const sumOf = (days: readonly (ByDay | undefined)[]) => {
    const sums = new Map<number, number>()
    for (const [day, count] of days.flatMap((one) => [...(one ?? [])])) sums.set(day, (sums.get(day) ?? 0) + count)
    return new Map([...sums].filter(([, sum]) => sum !== 0).sort(([a], [b]) => a - b))
  }
  expect(countsIn(whole.weeks, whole.received).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(50)
  expect(sumOf(parts.map((part) => part?.received))).toEqual(sumOf([whole.received]))
  expect(sumOf(parts.map((part) => part?.changes))).toEqual(sumOf([whole.changes]))
})

test('what was open at the end of each week is the backlog of that moment', async ({ db, read }) => {
  const reading = read({})
  const known = await knownOf(reading)
  const openAt = async (at: Date) =>
    (await openTotals(db, { ...reading.under, span: { ...reading.under.span, to: at, asOf: at } })).open
  const ends = Array.from({ length: 12 }, (_, week) => startOfDay(dayAfter(known.weeks.from, 7 * (week + 1))))
  const backlogs: number[] = []
  for (const end of ends) backlogs.push(await openAt(end))
  expect(openIn(known.weeks, backlogs[11] as number, known.changes)).toEqual(backlogs)
  expect(Math.max(...backlogs)).toBeGreaterThan(10)
})

test('the weeks of a board of an agency count what it had at the end of each, as its figure does', async ({
  db,
  read,
}) => {
  const asked = { from: '2026-03-23', to: '2026-03-29' }
  for (const agency of ['gl-a', 'gl-b']) {
    const reading = read({ agency, period: asked })
    const { weeks, received, changes } = await knownOf(reading)
    const ends = Array.from({ length: 12 }, (_, week) => dayAfter(weeks.from, 7 * week + 6))
    const [counts, backlogs]: [number[], number[]] = [[], []]
    for (const day of ends) {
      const filters = { ...reading.under.filters, period: { from: dayAfter(day, -6), to: day } }
      const { kpis } = await readBoard(
        { db, actor: reading.under.actor, now: () => startOfDay(dayAfter(day)) },
        filters,
      )
      counts.push(kpis.received.value ?? 0)
      backlogs.push(kpis.backlog.value ?? 0)
    }
    expect([agency, countsIn(weeks, received)]).toEqual([agency, counts])
    expect([agency, openIn(weeks, backlogs[11] as number, changes)]).toEqual([agency, backlogs])
  }
})

test('the parts of a change are told apart at the end of each week as the backlog is that they explain', async ({
  db,
  read,
}) => {
  const { period, under } = read({})
  const counting = { db, now: under, period, names: await readNames(db) }
  const before = await partsBefore(counting, 'backlog', 'agency')
  if (!before) throw new Error('the city had not begun')
  const ends = Array.from({ length: 12 }, (_, week) => startOfDay(dayAfter(period.fromDay, -7 * (11 - week))))
  const openAtEnds = async (agency: string | null) => {
    const all: number[] = []
    for (const at of ends) {
      const span = { ...under.span, to: at, asOf: at }
      all.push((await openTotals(db, { ...under, filters: { ...under.filters, agency }, span })).open)
    }
    return all
  }
  const together = (...keys: (string | null)[]) =>
    ends.map((_, week) => keys.reduce((sum, key) => sum + (before(key)[week] ?? 0), 0))
  expect(before('gl-b')).toEqual(await openAtEnds('gl-b'))
  expect(together('gl-a', 'gl-b', null)).toEqual(await openAtEnds(null))
  expect(Math.max(...before('gl-b'))).toBeGreaterThan(0)
  expect(Math.max(...before(null))).toBeGreaterThan(0)
})

test('each day of a board has what usually comes in on it, but for the day that runs', async ({ db, read }) => {
  const { under } = read({})
  const ctx = { db, actor: under.actor, now: () => hanoi('2026-03-20 10:00') }
  const flowNow = async () => (await readBoard(ctx, under.filters)).charts.flow
  // Of three weeks nothing is usual: before the first report there were no days without one.
  expect((await flowNow()).map(({ usual }) => usual)).toEqual([null, null, null, null, null])
  await db.execute(sql`select setval(pg_get_serial_sequence('reports', 'id'), max(id)) from reports`)
  const [receivedAt, answeredAt] = [hanoi('2025-09-15 10:00'), hanoi('2025-09-15 15:00')]
  await buildLivedReport(db, { agencyId: 'gl-a', categoryCode: 'GL-01', areaId: 1, receivedAt, answeredAt })
  const flow = await flowNow()
  expect(flow.map(({ from, usual }) => [from, usual !== null])).toEqual([
    ['2026-03-16', true],
    ['2026-03-17', true],
    ['2026-03-18', true],
    ['2026-03-19', true],
    ['2026-03-20', false],
  ])
  const mondays = Array.from({ length: 26 }, (_, week) => dayAfter('2026-03-16', -7 * (week + 1)))
  const received: number[] = []
  for (const day of mondays) {
    const { kpis } = await readBoard(ctx, { ...under.filters, period: { from: day, to: day }, compare: 'none' })
    received.push(kpis.received.value ?? 0)
  }
  expect(flow[0]?.usual).toEqual(usualOf(received))
  expect(flow[0]?.usual?.high).toBeGreaterThan(0)
})
