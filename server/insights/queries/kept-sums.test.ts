import { expect } from 'vitest'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { test } from '#db/testing.ts'
import { catchUp } from '../commands/catch-up.ts'
import { fillDays } from '../commands/fill-sums.ts'
import { wholeCity } from '../rules/slices.ts'
import { keptSums, type SumName } from './kept-sums.ts'
import { openMemory } from './memory.ts'

test('sums are the same, whether they stay in memory or are evicted by others read beside them', async ({
  db,
  sql,
}) => {
  await writeGoldenLog(db)
  await catchUp(db)
  await fillDays(db, new Date('2026-05-02T03:00:00Z'))
  const days = await sql<SumName[]>`
    select level, first_day::text as "firstDay" from figure_sums where slice = ${wholeCity} and level = 'day' order by 2`
  const read = async (numbers: number | undefined) => {
    const memory = openMemory(numbers)
    const ask = () => keptSums({ db, memory }, [wholeCity], days, 'week')
    const first = await ask()
    expect(await ask()).toEqual(first)
    return { found: first?.found ?? [], kept: memory.sums.size }
  }
  const all = await read(undefined)
  expect(all.found.length).toBeGreaterThan(4)
  expect(all.kept).toBe(all.found.length)
  const some = await read(Math.ceil(all.found.reduce((sum, { size }) => sum + size, 0) / 2))
  expect(some.kept).toBeGreaterThan(0)
  expect(some.kept).toBeLessThan(all.kept)
  const none = await read(1)
  expect(none.kept).toBeLessThan(2)
  expect([some.found, none.found]).toEqual([all.found, all.found])
})
