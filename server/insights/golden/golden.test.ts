import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { test as base } from '#db/testing.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import type { Board } from '../rules/board.ts'
import { kpiIds } from '../rules/definitions.ts'
import { noBoardFilters } from '../rules/filters.ts'
import {
  goldenBefore,
  goldenCharts,
  goldenCommitments,
  goldenKpis,
  goldenMatured,
  goldenOutcomes,
  goldenParts,
} from './answers.ts'

const filters = { ...noBoardFilters, period: { from: '2026-03-02', to: '2026-03-15' } }

async function readGoldenBoard(db: Database): Promise<Board> {
  await writeGoldenLog(db)
  await catchUp(db)
  const actor = await buildActor(db, 'manager')
  return readBoard({ db, actor, now: () => new Date('2026-11-25T03:00:00Z') }, filters)
}

const test = base.extend('board', { scope: 'file' }, ({ db }) => readGoldenBoard(db))

const counts = <Row>(rows: readonly Row[], key: (row: Row) => string | number, value: (row: Row) => number) =>
  Object.fromEntries(rows.map((row) => [key(row), value(row)]).filter(([, count]) => count !== 0))
const without0 = (expected: Record<string, number>) =>
  Object.fromEntries(Object.entries(expected).filter(([, count]) => count !== 0))

describe('the golden log', () => {
  test.for(kpiIds)('gives the answer worked out manually: %s', (id, { board }) => {
    const { value, numerator, denominator } = board.kpis[id]
    expect([value, numerator, denominator]).toEqual(goldenKpis[id])
  })

  test('has five parts that sum to what was received', ({ board }) => {
    expect(board.parts.now).toEqual(goldenParts)
    expect(Object.values(goldenParts).reduce((sum, part) => sum + part, 0)).toBe(goldenKpis.received[0])
    expect([board.header.spamOrTest, board.header.merged]).toEqual([goldenCharts.spamOrTest, goldenCharts.merged])
  })

  test('is held against the target only where it can be judged', async ({ db, board }) => {
    const { handled, of, notYet } = goldenMatured
    const compared = { numerator: handled, denominator: of, distance: handled / of - 0.8 }
    expect(board.kpis.handled).toMatchObject({ matured: goldenMatured, judged: { target: 0.8, compared } })
    const steps = board.charts.handled.map(({ from, matured }) => [from, matured.of, matured.notYet])
    expect(steps.filter(([, , waiting]) => waiting)).toEqual([['2026-03-13', 0, notYet]])
    expect(steps.reduce((sum, [, matured]) => sum + Number(matured), 0)).toBe(of)
    // At the end of the first day k09 is answered, but nothing that came in is due before 04/03 17:00.
    const ctx = { db, actor: await buildActor(db, 'manager'), now: () => new Date('2026-03-20T03:00:00Z') }
    const period = { from: '2026-03-02', to: '2026-03-02' }
    const { kpis } = await readBoard(ctx, { ...filters, period })
    const young = { matured: { handled: 0, of: 0, notYet: 87 }, judged: { target: 0.8, compared: null } }
    expect(kpis.handled).toMatchObject({ numerator: 12, ...young })
  })

  test('opens what was handled into six parts that sum to it, by the latest answer known then', async ({
    db,
    board,
  }) => {
    expect(board.outcomes.now).toEqual(goldenOutcomes)
    expect(Object.values(goldenOutcomes).reduce((sum, part) => sum + part, 0)).toBe(goldenKpis.handled[1])
    const ctx = { db, actor: await buildActor(db, 'manager'), now: () => new Date('2026-03-20T03:00:00Z') }
    expect(board.commitments.now).toEqual(goldenCommitments)
    // Before the follow-up of k02.
    const then = { way: 'known', at: '2026-03-10T02:00:00.000Z' } as const
    const { outcomes } = await readBoard(ctx, { ...filters, asked: then })
    expect(outcomes.now).toEqual({ ...goldenOutcomes, fixed: 40 + 12, planned: 2 + 20 })
  })

  test('draws the compared period beside this one: its steps sum to its figures', async ({ db, board: _ }) => {
    const actor = await buildActor(db, 'manager')
    const ctx = { db, actor, now: () => new Date('2026-03-20T03:00:00Z') }
    const period = { from: '2026-03-09', to: '2026-03-15' }
    const { charts, kpis } = await readBoard(ctx, { ...filters, period })
    const then = charts.flow.flatMap(({ previous }) => previous ?? [])
    expect(then.map(({ from }) => from)).toEqual(
      ['02', '03', '04', '05', '06', '07', '08'].map((day) => `2026-03-${day}`),
    )
    const sum = (key: 'received' | 'closed') => then.reduce((all, step) => all + step[key], 0)
    expect(sum('received')).toBe(kpis.received.previous?.value)
    // What had matured by the end of that week: as its own board has it.
    const before = await readBoard(ctx, { ...filters, period: { from: '2026-03-02', to: '2026-03-08' } })
    expect(then.map(({ matured }) => matured)).toEqual(before.charts.handled.map(({ matured }) => matured))
    expect(sum('closed')).toBe(kpis.clearance.previous?.numerator)
    expect(sum('closed')).toBeGreaterThan(0)
    expect(charts.handled.map(({ previous }) => previous)).toEqual(charts.flow.map(({ previous }) => previous))
    const alone = await readBoard(ctx, { ...filters, period, compare: 'none' })
    expect(alone.charts.flow.every(({ previous }) => previous === null)).toBe(true)
  })

  test('ages by both scales, and each sums to the backlog', ({ board }) => {
    const { byAge, byDeadline } = board.charts.ageing
    expect(
      counts(
        byAge,
        (row) => row.bucket,
        (row) => row.count,
      ),
    ).toEqual(without0(goldenCharts.byAge))
    expect(
      counts(
        byDeadline,
        (row) => row.bucket,
        (row) => row.count,
      ),
    ).toEqual(without0(goldenCharts.byDeadline))
    expect(Object.fromEntries(board.charts.coming.map(({ day, count }) => [day, count]))).toEqual(goldenCharts.coming)
  })

  test('is broken down by agency, category, channel and hour', ({ board }) => {
    const { agencies, categories, channels, hours, ratings, holdingPeriods } = board.charts
    for (const [name, expected] of Object.entries(goldenCharts.agencies)) {
      const row = agencies.find(({ id }) => id === (name === 'none' ? null : `gl-${name.toLowerCase()}`))
      expect(row).toMatchObject(expected)
    }
    expect(categories.map(({ code, received }) => [code, received])).toEqual([['GL', 189]])
    expect(
      counts(
        channels,
        ({ channel }) => channel,
        ({ received }) => received,
      ),
    ).toEqual(goldenCharts.channels)
    expect(
      counts(
        [...hours.entries()],
        ([hour]) => hour,
        ([, count]) => count,
      ),
    ).toEqual(goldenCharts.hours)
    expect(Object.fromEntries(ratings.map(({ rating, count }) => [rating, count]))).toEqual(goldenCharts.ratings)
    expect(Object.fromEntries(holdingPeriods.map((row) => [row.agency.name, row.holdingPeriods]))).toEqual(
      goldenCharts.holdingPeriods,
    )
  })

  test('is given day by day', ({ board }) => {
    const { flow } = board.charts
    expect(
      counts(
        flow,
        ({ from }) => from,
        ({ received }) => received,
      ),
    ).toEqual(goldenCharts.receivedOn)
    expect(
      counts(
        flow,
        ({ from }) => from,
        ({ closed }) => closed,
      ),
    ).toEqual(goldenCharts.closedOn)
    for (const [day, backlog] of Object.entries(goldenCharts.backlogOn)) {
      expect([day, flow.find(({ from }) => from === day)?.backlog]).toEqual([day, backlog])
    }
  })

  test('is compared with the days before', ({ board }) => {
    const { received, handled, backlog } = board.kpis
    expect([received.previous?.value, handled.previous?.value, backlog.previous?.value]).toEqual(
      Object.values(goldenBefore),
    )
  })
})
