import type { z } from 'zod'
import { robot } from '#server/accounts/rules/actor.ts'
import { stormCounters } from '#server/bulletins/queries/storm-counters.ts'
import type { ProgramVisit } from '#server/endpoints/request.ts'
import { listIncidents } from '#server/incidents/queries.ts'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import { incidentFigures } from '#server/reports/queries/incident-figures.ts'
import { cursorOf, placeIn } from '../rules/cursor.ts'
import type { operations } from '../rules/operations.ts'
import type { incident } from '../rules/public-schemas.ts'
import { invalid } from '../rules/request.ts'

type Query = z.output<typeof operations.listIncidents.query>

/** What the city says of its incidents, the newest first, with the counts of the desk; planned ones are not told. */
export async function incidentsPage(visit: ProgramVisit, { cursor, limit, is_under_way: underWay }: Query) {
  const { db, now } = visit
  const at = now()
  const begun = (await listIncidents(db, at)).filter(
    (each) => each.startsAt <= at && (underWay === undefined || (each.underWay && !each.closedAt) === underWay),
  )
  const place = cursor === undefined ? -1 : begun.findIndex(({ id }) => id === placeIn(cursor))
  if (cursor !== undefined && place < 0) throw invalid('parameter', 'cursor', 'is not the `next` of a page')
  const shown = begun.slice(place + 1, place + 1 + limit)
  const figures = await incidentFigures({ ...visit, actor: robot }, null)
  const items: z.output<typeof incident>[] = []
  // One after another: a page of them would take every connection.
  for (const each of shown) {
    const {
      total = 0,
      open = 0,
      handled = 0,
      rejected = 0,
      handledPercent = null,
    } = figures.find(({ incidentId }) => incidentId === each.id) ?? {}
    items.push({
      id: each.id,
      name: each.name,
      kind: each.kind,
      starts_at: isoInHanoi(each.startsAt),
      ends_at: each.endsAt && isoInHanoi(each.endsAt),
      is_under_way: each.underWay && !each.closedAt,
      is_storm_mode: each.stormMode,
      areas: each.areas.map(({ code, name }) => ({ code, name })),
      reports: { total, open, handled, refused: rejected, handled_percent: handledPercent },
      bulletins: (await stormCounters(db, each.id)).issued,
    })
  }
  const last = shown.at(-1)
  return { items, next: last && place + 1 + limit < begun.length ? cursorOf(last.id) : null }
}
