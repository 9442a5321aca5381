import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import { countDataPoint } from '../queries/drill-down.ts'
import { formatDrillDown, parseDrillDown } from '../rules/data-point.ts'
import { noBoardFilters } from '../rules/filters.ts'

async function openCity(db: Database) {
  await writeGoldenLog(db)
  await catchUp(db)
  const actor = await buildActor(db, 'manager')
  return (moment: string): Context => ({ db, actor, now: () => new Date(moment) })
}

const test = base.extend('city', { scope: 'file' }, ({ db }) => openCity(db))
// k09: twelve reports answered on Monday at 16:00 and reopened on Tuesday at 09:00.
const monday = { ...noBoardFilters, period: { from: '2026-03-02', to: '2026-03-02' } }
const numbersOf = async (ctx: Context) => {
  const { kpis, header } = await readBoard(ctx, monday)
  const bound = parseDrillDown(
    formatDrillDown({ dataPoint: { measure: 'reopened' }, filters: monday, asOf: header.asOf }),
  )
  if (!bound) throw new Error('no mark')
  const { numerator, provisionalUntil } = kpis.reopened
  return [numerator, (await countDataPoint(ctx, bound)).count, provisionalUntil]
}

test('what was closed in a period is reopened after it, and counts for thirty days', async ({ city }) => {
  expect(await numbersOf(city('2026-03-02T16:30:00Z'))).toEqual([0, 0, '2026-04-01'])
  expect(await numbersOf(city('2026-03-20T03:00:00Z'))).toEqual([12, 12, '2026-04-01'])
  expect(await numbersOf(city('2026-11-25T03:00:00Z'))).toEqual([12, 12, null])
})

test('two periods in progress are compared as far as each had run', async ({ city }) => {
  const { kpis } = await readBoard(city('2026-03-03T09:30:00Z'), { ...noBoardFilters, period: 'today' })
  // Yesterday until 16:30: answered by then, reopened only this morning.
  expect(kpis.reopened.previous).toMatchObject({ numerator: 0 })
  expect(kpis.reopened.previous?.denominator).toBeGreaterThanOrEqual(12)
})
