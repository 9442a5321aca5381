import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { events } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import { countDataPoint } from '../queries/drill-down.ts'
import { formatDrillDown, parseDrillDown } from '../rules/data-point.ts'
import { noBoardFilters } from '../rules/filters.ts'

async function openCity(db: Database) {
  const idsOf = await writeGoldenLog(db)
  await answerAgainElsewhere(db, idsOf.get('k01')?.slice(0, satisfiedAtFirst) ?? [])
  await catchUp(db)
  const actor = await buildActor(db, 'manager')
  return (moment: string): Context => ({ db, actor, now: () => new Date(moment) })
}

const satisfiedAtFirst = 8

/** Reports that A answered to the satisfaction of citizens are reopened in April, and answered by B. */
async function answerAgainElsewhere(db: Database, ids: readonly number[]): Promise<void> {
  const [a, b] = ['gl-a', 'gl-b']
  const story = [
    { event: 'report.reopened', agencyId: a, toState: 'in_progress', details: {}, day: '2026-04-20' },
    {
      event: 'report.transferred',
      agencyId: b,
      toState: 'awaiting_acceptance',
      details: { agencyId: b },
      day: '2026-04-21',
    },
    { event: 'report.answered', agencyId: b, toState: 'answered', details: { outcome: 'fixed' }, day: '2026-04-22' },
    { event: 'report.rated', agencyId: b, toState: 'closed', details: { rating: 'dissatisfied' }, day: '2026-04-23' },
  ] as const
  for (const { day, ...step } of story) {
    const at = hanoi(`${day} 09:00`)
    await db
      .insert(events)
      .values(ids.map((reportId) => ({ ...step, reportId, subjectKind: 'report', actorKind: 'robot', at }) as const))
  }
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

test('the ratings of an agency stay when another agency answers the same report later and is rated', async ({
  city,
}) => {
  const ctx = city('2026-05-02T03:00:00Z')
  const ratedIn = async (agency: string | null, from: string) => {
    const filters = { ...noBoardFilters, agency, period: { from, to: '2026-05-01' } }
    const { kpis, header, charts } = await readBoard(ctx, filters)
    const bound = { dataPoint: { measure: 'rated_content' }, filters, asOf: header.asOf } as const
    const dissatisfied = charts.ratings.find(({ rating }) => rating === 'dissatisfied')?.count
    const { numerator, denominator } = kpis.satisfaction
    expect((await countDataPoint(ctx, bound)).count).toBe(numerator)
    return { content: numerator ?? 0, all: denominator ?? 0, dissatisfied }
  }
  const [ofA, ofB, ofCity] = [
    await ratedIn('gl-a', '2026-03-01'),
    await ratedIn('gl-b', '2026-03-01'),
    await ratedIn(null, '2026-03-01'),
  ]
  // As the log says: of the answers of A, 48 satisfied and 12 acceptable.
  expect(ofA).toEqual(expect.objectContaining({ content: 60, all: 80 }))
  expect(ofB).toEqual({ content: 0, all: satisfiedAtFirst, dissatisfied: satisfiedAtFirst })
  expect(ofCity).toEqual({ content: 60, all: 80 + satisfiedAtFirst, dissatisfied: 20 + satisfiedAtFirst })
})
