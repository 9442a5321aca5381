import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { catchUp } from '../commands/catch-up.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { readBoard } from './board.ts'

test('what is received at exactly midnight belongs to the new day alone, as where a file gives days without hours', async ({
  db,
}) => {
  await buildReport(db, { receivedAt: hanoi('2026-03-03 00:00') })
  await buildReport(db, { receivedAt: hanoi('2026-03-02 00:00') })
  await catchUp(db)
  const ctx = { db, actor: await buildActor(db, 'manager'), now: () => hanoi('2026-03-09 08:00') }
  const dayOf = async (day: string) => {
    const { kpis, charts } = await readBoard(ctx, { ...noBoardFilters, period: { from: day, to: day } })
    const { received, backlog } = kpis
    const aged = charts.ageing.byAge.reduce((sum, { count }) => sum + count, 0)
    return [received.value, backlog.previous?.value, backlog.value, charts.flow.at(-1)?.backlog, aged]
  }
  expect(await dayOf('2026-03-01')).toEqual([0, 0, 0, 0, 0])
  expect(await dayOf('2026-03-02')).toEqual([1, 0, 1, 1, 1])
  expect(await dayOf('2026-03-03')).toEqual([1, 1, 2, 2, 2])
})
