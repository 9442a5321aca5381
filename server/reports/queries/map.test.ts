import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { queueOf } from '../rules/queue.ts'
import { mapList, mapSummary, mapView } from './map.ts'
import { queuePage } from './queue.ts'

const now = () => hanoi('2026-03-10 10:00')
const box = { west: 105, south: 20.5, east: 106, north: 21.5 }

/** Two new agencies: three reports near each other, one far, one beyond the box, one without a place. */
async function town(db: Database) {
  const [agency, other] = [await buildAgency(db), await buildAgency(db)]
  const [near, far] = [await buildArea(db), await buildArea(db)]
  const build = (wanted: Parameters<typeof buildReport>[1]) =>
    buildReport(db, {
      state: 'in_progress',
      agencyId: agency.id,
      heldBy: [agency.id],
      dueAt: hanoi('2026-03-20 10:00'),
      ...wanted,
    })
  const cluster = [
    await build({ areaId: near.id, lon: 105.8001, lat: 21.0001, dueAt: hanoi('2026-03-09 10:00') }),
    await build({ areaId: near.id, lon: 105.8002, lat: 21.0002, dueAt: hanoi('2026-03-12 10:00') }),
    await build({
      areaId: near.id,
      lon: 105.8003,
      lat: 21.0001,
      title: 'Cây đổ chắn ngang phố',
      state: 'answered',
      dueAt: null,
    }),
  ]
  const single = await build({ areaId: far.id, lon: 105.2, lat: 20.7 })
  await build({ areaId: far.id, lon: 107.5, lat: 20.7 })
  await build({ areaId: near.id, lon: null, lat: null })
  await buildReport(db, {
    state: 'in_progress',
    agencyId: other.id,
    heldBy: [other.id],
    areaId: near.id,
    lon: 105.8,
    lat: 21,
  })
  const ctx: Context = { db, now, actor: await buildActor(db, 'officer', agency) }
  return {
    ctx,
    near,
    far,
    cluster,
    single,
    agency,
    city: { db, now, actor: await buildActor(db, 'manager', await buildCity(db)) },
  }
}

const all = queueOf('all')

describe('the map', () => {
  test('shows clusters and single reports, within what the account may see', async ({ db }) => {
    const { ctx, single } = await town(db)
    const { clusters, count } = await mapView(ctx, { queue: all, box, zoom: 10 })
    expect(count).toBe(4)
    expect(clusters.map((each) => [each.count, each.open, each.overdue, each.report?.code ?? null])).toEqual(
      expect.arrayContaining([
        [3, 2, 1, null],
        [1, 1, 0, single.code],
      ]),
    )
    expect(clusters.find((each) => each.count === 3)?.extent).toEqual([105.8001, 21.0001, 105.8003, 21.0002])
    const street = { west: 105.7995, south: 20.9995, east: 105.801, north: 21.001 }
    const near = await mapView(ctx, { queue: all, box: street, zoom: 21 })
    expect(near.clusters.map((each) => each.report !== null)).toEqual([true, true, true])
  })

  test('lists exactly what it counts, in the order of the queue', async ({ db }) => {
    const { ctx, city, agency, cluster, single } = await town(db)
    for (const queue of [all, queueOf('open'), queueOf('all', { words: 'cây đổ' }), queueOf('overdue')]) {
      const [view, list] = [await mapView(ctx, { queue, box, zoom: 9 }), await mapList(ctx, { queue, box })]
      expect([queue.view, list.total?.count]).toEqual([queue.view, view.count])
      const inBox = new Set([...cluster, single].map(({ id }) => id))
      const { rows } = await queuePage(ctx, { queue })
      expect(list.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).filter((id) => inBox.has(id)))
      expect(list.places.map(({ id }) => id).sort()).toEqual(list.rows.map(({ id }) => id).sort())
    }
    const own = queueOf('all', { agencies: [agency.id] })
    expect((await mapView(city, { queue: own, box, zoom: 9 })).count).toBe(4)
  })

  test('is summed up by communes as well: they add up to the total of the queue, and say what has no place', async ({
    db,
  }) => {
    const { ctx, near, far } = await town(db)
    const summary = await mapSummary(ctx, all)
    expect([summary.total, summary.placed]).toEqual([(await queuePage(ctx, { queue: all })).total?.count, 5])
    expect(summary.areas.map(({ id, count, placed, open, overdue }) => [id, count, placed, open, overdue])).toEqual([
      [near.id, 4, 3, 3, 1],
      [far.id, 2, 2, 2, 0],
    ])
    expect(summary.areas[1]?.extent).toEqual([105.2, 20.7, 107.5, 20.7])
    const chosen = await mapSummary(ctx, queueOf('all', { areas: [far.id] }))
    expect([chosen.total, chosen.areas.length]).toEqual([2, 1])
  })
})
