import { sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { databaseLimits } from '#server/platform/rules/limits.ts'
import { dayAfter } from '#server/platform/rules/local-day.ts'
import { catchUp } from './commands/catch-up.ts'
import { sayIn } from './mail/weekly-letter.ts'
import { readBoard } from './queries/board.ts'
import { readWeekly } from './queries/weekly.ts'
import { weeklyKpis } from './rules/weekly.ts'
import { boardOf } from './rules/weekly-period.ts'
import { weeklyWords } from './rules/weekly-words.ts'

const test = base.extend('leader', { scope: 'file' }, async ({ db }) => {
  await writeGoldenLog(db)
  await catchUp(db)
  return buildActor(db, 'manager')
})
const at = (db: Database, actor: Context['actor'], local: string): Context => ({ db, actor, now: () => hanoi(local) })
const week = { edition: 'weekly', from: '2026-03-09', agency: null } as const

describe('the report of a week of the golden log', () => {
  test('has the figures of the board, whenever it is read', async ({ db, leader }) => {
    for (const moment of ['2026-03-16 07:30', '2026-11-25 10:00']) {
      const ctx = at(db, leader, moment)
      const [weekly, board] = [await readWeekly(ctx, week), await readBoard(ctx, boardOf(week))]
      for (const id of weeklyKpis) expect(weekly.figures[id]).toEqual(board.kpis[id])
      expect(weekly.header.asOf).toEqual(hanoi('2026-03-16 00:00'))
      expect(weekly.agencies.rows).toEqual(board.charts.agencies)
      const overdue = board.charts.agencies.reduce((sum, row) => sum + row.overdue, 0)
      expect(weekly.overdue).toBe(overdue)
    }
  })

  test('names three things at most', async ({ db, leader }) => {
    const { points } = await readWeekly(at(db, leader, '2026-03-16 07:30'), week)
    expect(points.length).toBeGreaterThan(0)
    expect(points.length).toBeLessThanOrEqual(3)
  })

  test('also comes where agencies take too long to compare, and says so', async ({
    sql: client,
    databaseUrl,
    leader,
  }) => {
    const hasty = connect(databaseUrl, { timeLimits: { ...databaseLimits.pages, statementSeconds: 2 } })
    await client.begin(async (holding) => {
      // Only the comparison reads the clocks of reports.
      await holding`lock table report_clocks in access exclusive mode`
      const weekly = await readWeekly(at(hasty.db, leader, '2026-03-16 07:30'), week)
      expect(weekly.agencies).toMatchObject({ mix: null, mixMissing: 'late' })
      expect(weekly.figures.received.value).toBeGreaterThan(0)
      expect(weeklyWords(weekly, sayIn('vi'), 'vi').agencies.note).toContain('chưa tính được')
    })
    await hasty.close()
  })

  test.for(['vi', 'en'] as const)('is complete in %s', async (locale, { db, leader }) => {
    const faults: string[] = []
    const say = sayIn(locale)
    const told = weeklyWords(
      await readWeekly(at(db, leader, '2026-03-16 07:30'), week),
      (key, values) => {
        const words = say(key, values)
        if (words === key || words.includes('{')) faults.push(key)
        return words
      },
      locale,
    )
    expect(faults).toEqual([])
    expect(told.figures.map(({ name }) => name)).toHaveLength(5)
    expect(told.headline).toHaveLength(3)
  })

  test('names a flood in a commune against the weeks before', async ({ db, leader }) => {
    await db.execute(sql`select setval(pg_get_serial_sequence('reports', 'id'), max(id)) from reports`)
    const one = { agencyId: 'gl-a', categoryCode: 'GL-01', areaId: 1 } as const
    const dates = ['2025-12-15', '2026-01-12', ...Array.from({ length: 60 }, () => '2026-03-10')]
    for (const day of dates)
      await buildLivedReport(db, {
        ...{ ...one, receivedAt: hanoi(`${day} 09:00`), answeredAt: hanoi(`${day} 10:00`) },
      })
    const ctx = at(db, leader, '2026-03-16 07:30')
    const { points } = await readWeekly(ctx, week)
    const board = await readBoard(ctx, { ...boardOf(week), area: 1 })
    const flood = points.find(({ kind }) => kind === 'area')
    expect(flood).toMatchObject({ key: '1', now: board.kpis.received.value, before: null })
    const received: number[] = []
    for (let back = 1; back <= 12; back += 1) {
      const [from, to] = [dayAfter(week.from, -7 * back), dayAfter(week.from, -7 * back + 6)]
      const { kpis } = await readBoard(ctx, { ...boardOf(week), area: 1, period: { from, to } })
      received.push(kpis.received.value ?? 0)
    }
    const usual = flood && 'usual' in flood ? flood.usual : null
    expect(usual).toBeCloseTo(received.reduce((sum, count) => sum + count, 0) / 12, 9)
    expect(received.filter((count) => count > 0).length).toBeGreaterThan(2)
  })
})
