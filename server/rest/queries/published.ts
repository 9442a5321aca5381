import { inArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { Connection } from '#db/client.ts'
import { agencies, areas, categories } from '#db/schema/index.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import { type PublishedCopy, publishedCopies } from '#server/publication/queries/published-copies.ts'
import { closedStates, toldStateOf } from '#server/reports/rules/told-state.ts'
import { cursorOf, placeIn } from '../rules/cursor.ts'
import type { operations } from '../rules/operations.ts'
import type { publishedReport } from '../rules/public-schemas.ts'
import { invalid } from '../rules/request.ts'

type Published = z.output<typeof publishedReport>
const spanDays = apiLimits.list.days
const spanMillis = spanDays * 24 * 3_600_000
type Query = z.output<typeof operations.listPublishedReports.query>

/** A page of published copies, newest report first. The position of a report in this order never changes. */
export async function listPublished(db: Connection, query: Query, { home, now }: { home: string; now: Date }) {
  const { cursor, limit, category, updated_after } = query
  const { receivedFrom, receivedBefore } = receiptsOf(query, now)
  const { copies, next } = await publishedCopies(db, {
    limit,
    cursor: cursor === undefined ? null : placeBehind(cursor),
    ...(category && { categoryCodes: category }),
    ...(updated_after && { changedFrom: new Date(updated_after) }),
    ...(receivedFrom && { receivedFrom }),
    ...(receivedBefore && { receivedBefore }),
  })
  return { items: await shown(db, copies, home), next: next && cursorOf(`${next.receivedAt.getTime()} ${next.id}`) }
}

/** When the listed reports were received: a limited time, so that no request reads all copies that there are. */
function receiptsOf({ updated_after, received_after, received_before }: Query, now: Date) {
  const after = received_after === undefined ? undefined : new Date(received_after)
  const receivedBefore = received_before === undefined ? undefined : new Date(received_before)
  if (updated_after !== undefined) return { receivedFrom: after, receivedBefore }
  const end = receivedBefore ?? now
  const receivedFrom = after ?? new Date(end.getTime() - spanMillis)
  if (end.getTime() - receivedFrom.getTime() > spanMillis)
    throw invalid('parameter', 'received_after', `and \`received_before\` are more than ${spanDays} days apart`)
  return { receivedFrom, receivedBefore }
}

/** The published copy of a report; null if there is none. */
export async function readPublished(db: Connection, code: string, home: string): Promise<Published | null> {
  const { copies } = await publishedCopies(db, { codes: [code], limit: 1 })
  return (await shown(db, copies, home))[0] ?? null
}

function placeBehind(cursor: string): { receivedAt: Date; id: number } {
  const [, at, id] = /^(\d{1,14}) (\d{1,15})$/.exec(placeIn(cursor) ?? '') ?? []
  if (at === undefined || id === undefined) throw invalid('parameter', 'cursor', 'is not the `next` of a page')
  return { receivedAt: new Date(Number(at)), id: Number(id) }
}

async function shown(db: Connection, copies: readonly PublishedCopy[], home: string): Promise<Published[]> {
  if (copies.length === 0) return []
  const [services, places, holders] = await Promise.all([
    db
      .select({ code: categories.code, name: categories.name })
      .from(categories)
      .where(inArray(categories.code, [...new Set(copies.map(({ categoryCode }) => categoryCode))])),
    db
      .select({ id: areas.id, code: areas.code, name: areas.name })
      .from(areas)
      .where(inArray(areas.id, [...new Set(copies.flatMap(({ areaId }) => areaId ?? []))])),
    db
      .select({ id: agencies.id, name: agencies.name })
      .from(agencies)
      .where(inArray(agencies.id, [...new Set(copies.flatMap(({ agencyId }) => agencyId ?? []))])),
  ])
  return copies.map((copy) => {
    const isClosed = (closedStates as readonly string[]).includes(copy.state)
    const isHeld = copy.state !== 'awaiting_intake'
    const area = places.find(({ id }) => id === copy.areaId)
    const { code, title, address, point, categoryCode, state, receivedAt, dueAt, publishedAt, changedAt } = copy
    const { outcome, plannedFor: planned_for } = copy
    return {
      ...{ code, title, description: copy.body, address, point, outcome, planned_for },
      category: services.find((service) => service.code === categoryCode) ?? { code: categoryCode, name: categoryCode },
      area: area ? { code: area.code, name: area.name } : null,
      agency: (isHeld && holders.find(({ id }) => id === copy.agencyId)) || null,
      state: toldStateOf({ state, transferCount: 0, status: isClosed ? 'closed' : 'open' }),
      received_at: isoInHanoi(receivedAt),
      due_at: isHeld && !isClosed && dueAt ? isoInHanoi(dueAt) : null,
      published_at: isoInHanoi(publishedAt),
      updated_at: isoInHanoi(changedAt),
      photos: copy.photos.map(({ path, isProof, width, height }) => ({
        ...{ url: `${home}${path}`, width, height },
        of: isProof ? ('answer' as const) : ('report' as const),
      })),
    }
  })
}
