import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildBulletin } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { actingAt } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { resolvePeriod } from '../rules/period.ts'
import { annotationsOf } from './board-annotations.ts'

test('the charts mark the bulletins that were issued, or those of one incident where the board is narrowed to it', async ({
  db,
}) => {
  const [storm, other] = [await buildIncident(db), await buildIncident(db)]
  const issued = (incidentId: string | null, isExercise = false) =>
    buildBulletin(db, { state: 'published', incidentId, isExercise })
  const [own, elsewhere, news] = [await issued(storm.id), await issued(other.id), await issued(null)]
  await issued(storm.id, true)
  const ctx = actingAt(db, await buildActor(db, 'manager'), '12:00')
  const marked = async (incident: string | null) => {
    const filters = { ...noBoardFilters, period: { from: '2026-03-01', to: '2026-03-07' }, incident }
    const found = await annotationsOf(ctx, filters, resolvePeriod(filters, ctx.now()))
    return found.filter(({ kind }) => kind === 'bulletin').map(({ id }) => id)
  }
  expect((await marked(null)).sort()).toEqual([own.id, elsewhere.id, news.id].sort())
  expect(await marked(storm.id)).toEqual([own.id])
})
