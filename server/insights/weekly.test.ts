import { describe, expect } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { databaseLimits } from '#server/platform/rules/limits.ts'
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

  test('also comes where agencies take too long to compare, and says so', async ({ sql, databaseUrl, leader }) => {
    const hasty = connect(databaseUrl, { timeLimits: { ...databaseLimits.pages, statementSeconds: 2 } })
    await sql.begin(async (holding) => {
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
})
