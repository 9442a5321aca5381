import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { countOf, shortAddress } from '../rules/map.ts'
import { queueOf } from '../rules/queue.ts'
import { deadlineKinds } from '../rules/queue-filters.ts'
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
  const single = await build({ areaId: far.id, lon: 105.2, lat: 20.7, soonAt: hanoi('2026-03-19 10:00') })
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
    const { clusters, counts } = await mapView(ctx, { queue: all, box, zoom: 10 })
    expect(countOf(counts)).toBe(4)
    expect(clusters.map((each) => [countOf(each.counts), each.counts, each.report])).toEqual(
      expect.arrayContaining([
        [3, { overdue: 1, soon: 1, in_time: 0, paused: 0, none: 1 }, null],
        [
          1,
          { overdue: 0, soon: 0, in_time: 1, paused: 0, none: 0 },
          { id: single.id, code: single.code, group: 'in_time', late: null },
        ],
      ]),
    )
    const many = clusters.find(({ report }) => report === null)
    expect(many?.extent).toEqual([105.8001, 21.0001, 105.8003, 21.0002])
    expect([many?.lon, many?.lat]).toEqual([expect.closeTo(105.8002, 6), expect.closeTo(21.00013, 5)])
    const street = { west: 105.7995, south: 20.9995, east: 105.801, north: 21.001 }
    const near = await mapView(ctx, { queue: all, box: street, zoom: 21 })
    expect(near.clusters.map((each) => each.report !== null)).toEqual([true, true, true])
  })

  test('counts by deadline what the filter of the queue finds, in sight and not beyond', async ({ db }) => {
    const { ctx, agency } = await town(db)
    // The same cell as the reports near each other, beyond the edge of the part that is seen.
    const part = { ...box, west: 105.80015 }
    const asked = { lon: 105.9, lat: 21.1, agencyId: agency.id, heldBy: [agency.id], dueAt: null }
    await buildReport(db, { ...asked, state: 'awaiting_citizen', pausedAt: hanoi('2026-03-10 09:00') })
    for (const seen of [box, part]) {
      const { counts } = await mapView(ctx, { queue: all, box: seen, zoom: 9 })
      const found = deadlineKinds.map(async (kind) => {
        const page = await queuePage(ctx, { queue: { ...queueOf('all', { deadlines: [kind] }), box: seen } })
        return [kind, page.total?.count]
      })
      const { total } = await queuePage(ctx, { queue: { ...all, box: seen } })
      const { none, ...running } = counts
      expect(running).toEqual(Object.fromEntries(await Promise.all(found)))
      expect(countOf(counts)).toBe(total?.count)
      expect([running.paused, none]).toEqual([1, 1])
    }
  })

  test('says of an overdue report on its own where it is and how late, as its row says', async ({ db }) => {
    const { ctx, cluster } = await town(db)
    const street = { west: 105.7995, south: 20.9995, east: 105.801, north: 21.001 }
    const { clusters } = await mapView(ctx, { queue: all, box: street, zoom: 21 })
    const { rows } = await mapList(ctx, { queue: all, box: street })
    const row = rows.find(({ id }) => id === cluster[0]?.id)
    const { kind, minutes, minutesPerDay } = row?.deadline ?? {}
    expect(clusters.flatMap(({ report }) => report?.late ?? [])).toEqual([
      { kind, minutes, minutesPerDay, place: shortAddress(row?.address ?? '') },
    ])
    expect(kind).toBe('overdue')
  })

  test('lists exactly what it counts, in the order of the queue', async ({ db }) => {
    const { ctx, city, agency, cluster, single } = await town(db)
    for (const queue of [all, queueOf('open'), queueOf('all', { words: 'cây đổ' }), queueOf('overdue')]) {
      const [view, list] = [await mapView(ctx, { queue, box, zoom: 9 }), await mapList(ctx, { queue, box })]
      expect([queue.view, list.total?.count]).toEqual([queue.view, countOf(view.counts)])
      const inBox = new Set([...cluster, single].map(({ id }) => id))
      const { rows } = await queuePage(ctx, { queue })
      expect(list.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).filter((id) => inBox.has(id)))
      expect(list.places.map(({ id }) => id).sort()).toEqual(list.rows.map(({ id }) => id).sort())
    }
    const own = queueOf('all', { agencies: [agency.id] })
    expect(countOf((await mapView(city, { queue: own, box, zoom: 9 })).counts)).toBe(4)
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
