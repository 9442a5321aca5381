import { sql as text } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Transaction } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { rejectReport } from '#server/reports/commands/reject-report.ts'
import { catchUp } from '../commands/catch-up.ts'
import { fillDays } from '../commands/fill-sums.ts'
import { writeFigures } from '../commands/write-figures.ts'
import { noBoardFilters } from '../rules/filters.ts'
import type { Tally } from '../rules/tally.ts'
import type { Under } from './frames.ts'
import { tallyOf } from './tallied.ts'

/** All counts of the cells, without the zeros. */
const countsOf = ({ cells }: Tally): string[] =>
  [...cells]
    .flatMap(([place, keys]) =>
      [...keys].flatMap(([key, parts]) =>
        parts.flatMap((count, part) => (count === 0 ? [] : [`${place} ${key} ${part}: ${count}`])),
      ),
    )
    .sort()

async function isWaitedFor(tx: Transaction): Promise<boolean> {
  const waiting = await tx.execute(text`select from pg_locks where not granted and relation = 'report_facts'::regclass`)
  return waiting.length > 0
}

test.for([
  ['by several connections: as they are then', 2, 'after'],
  ['by one: as they were when it began', 0, 'before'],
] as const)('rows written while sums are read %s, are counted once in a tally', async ([, tries, which], { db }) => {
  const { dispatcher } = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { intakeMinutes: 10_000 })
  const [report] = [await buildReport(db, { categoryCode }), await buildReport(db, { categoryCode })]
  await catchUp(db)
  await fillDays(db, hanoi('2026-03-03 10:00'))
  const span = { from: hanoi('2026-03-02 00:00'), to: hanoi('2026-03-03 00:00'), asOf: hanoi('2026-03-03 10:00') }
  const under: Under = { filters: noBoardFilters, actor: robot, span: { ...span, isPartial: false } }
  await rejectReport(actingAt(db, dispatcher, '2026-03-03 09:00'), {
    ...seen(report),
    reason: 'out_of_scope',
    answer: 'Việc này do cơ quan khác giải quyết.',
  })
  const times = await compiledCalendars(db)
  const before = countsOf(await tallyOf(db, under, 'day'))
  let reading: Promise<Tally> | undefined
  await db.transaction(async (tx) => {
    await tx.execute(text`lock table report_facts in access exclusive mode`)
    reading = tallyOf(db, under, 'day', undefined, tries)
    await expect.poll(() => isWaitedFor(tx)).toBe(true)
    await writeFigures(tx, { ids: [report.id] }, times)
  })
  const after = countsOf(await tallyOf(db, under, 'day'))
  expect(after).not.toEqual(before)
  expect(countsOf((await reading) as Tally)).toEqual({ before, after }[which])
})
