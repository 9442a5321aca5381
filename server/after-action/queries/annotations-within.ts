import { and, asc, gte, inArray, isNull, lt, or } from 'drizzle-orm'
import { annotations } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import type { LogEntry } from './incident-log.ts'

type Span = { from: Date; to: Date }

/**
 * The chart annotations of managers about the time of an incident: of the city, and of the agencies the reader sees.
 */
export async function annotationsWithin({ db, actor }: Context, { from, to }: Span): Promise<LogEntry[]> {
  const scope = scopeOf(actor)
  const rows = await db
    .select()
    .from(annotations)
    .where(
      and(
        lt(annotations.startsAt, to),
        or(gte(annotations.startsAt, from), gte(annotations.endsAt, from)),
        scope.all ? undefined : or(isNull(annotations.agencyId), inArray(annotations.agencyId, [...scope.agencyIds])),
      ),
    )
    .orderBy(asc(annotations.startsAt), asc(annotations.id))
  return rows.map(({ id, startsAt, endsAt, words }) => ({
    kind: 'annotation',
    id: `annotation ${id}`,
    at: startsAt,
    until: endsAt,
    who: null,
    words,
  }))
}
