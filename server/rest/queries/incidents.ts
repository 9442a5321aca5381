import type { z } from 'zod'
import { robot } from '#server/accounts/rules/actor.ts'
import { issuedCounts } from '#server/bulletins/queries/issued-counts.ts'
import type { ProgramVisit } from '#server/endpoints/request.ts'
import { Slots } from '#server/endpoints/slots.ts'
import { type Incident, listIncidents } from '#server/incidents/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import { incidentFigures } from '#server/reports/queries/incident-figures.ts'
import { cursorOf, placeIn } from '../rules/cursor.ts'
import type { operations } from '../rules/operations.ts'
import type { incident } from '../rules/public-schemas.ts'
import { invalid } from '../rules/request.ts'

type Query = z.output<typeof operations.listIncidents.query>

const { incidentsAtOnce } = apiLimits
const slots = new Slots({ perAccount: incidentsAtOnce, perProcess: incidentsAtOnce })

/**
 * A page of incidents, newest first, with counts of the public states; planned incidents are excluded. Only a few pages
 * are computed at once, so that enough database connections remain for staff.
 */
export async function incidentsPage(visit: ProgramVisit, query: Query) {
  const leave = slots.take('')
  if (typeof leave === 'string') throw new DomainError('busy')
  try {
    return await readPage(visit, query)
  } finally {
    leave()
  }
}

async function readPage(visit: ProgramVisit, { cursor, limit, is_under_way: underWay }: Query) {
  const { db, now } = visit
  const at = now()
  const place = cursor === undefined ? null : placeOf(cursor)
  const left = (await listIncidents(db, at)).filter(
    (each) =>
      each.startsAt <= at &&
      (underWay === undefined || (each.underWay && !each.closedAt) === underWay) &&
      (place === null || isBehind(each, place)),
  )
  const shown = left.slice(0, limit)
  const ids = shown.map(({ id }) => id)
  const [figures, issued] = await Promise.all([
    incidentFigures({ ...visit, actor: robot }, ids, { isTold: true }),
    issuedCounts(db, ids),
  ])
  const items = shown.map((each): z.output<typeof incident> => {
    const {
      total = 0,
      open = 0,
      handled = 0,
      rejected = 0,
      handledPercent = null,
    } = figures.find(({ incidentId }) => incidentId === each.id) ?? {}
    return {
      id: each.id,
      name: each.name,
      name_en: each.nameEn || null,
      kind: each.kind,
      starts_at: isoInHanoi(each.startsAt),
      ends_at: each.endsAt && isoInHanoi(each.endsAt),
      is_under_way: each.underWay && !each.closedAt,
      is_storm_mode: each.stormMode,
      areas: each.areas.map(({ code, name }) => ({ code, name })),
      reports: { total, open, handled, refused: rejected, handled_percent: handledPercent },
      bulletins: issued.get(each.id) ?? 0,
    }
  })
  const last = shown.at(-1)
  return { items, next: last && left.length > limit ? cursorOf(`${last.startsAt.toISOString()} ${last.id}`) : null }
}

type Place = Pick<Incident, 'startsAt' | 'id'>

/** The position is encoded itself, because its incident may have been closed or filtered out meanwhile. */
function placeOf(cursor: string): Place {
  const [time = '', id = ''] = placeIn(cursor)?.split(' ') ?? []
  const startsAt = new Date(time)
  if (Number.isNaN(startsAt.getTime()) || id === '') throw invalid('parameter', 'cursor', 'is not the `next` of a page')
  return { startsAt, id }
}

const isBehind = (each: Place, place: Place): boolean =>
  each.startsAt < place.startsAt || (each.startsAt.getTime() === place.startsAt.getTime() && each.id < place.id)
