import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import type { Seen } from '#server/places/queries/usable.ts'
import { scopeOf } from '../rules/scope.ts'

/** A list of ids as one array parameter, so that its length does not change the statement. */
export function textArray(ids: readonly string[]): SQL {
  return sql`${sql.param(arrayText(ids))}::text[]`
}

/** PostgreSQL arrays need no other escapes. PostgreSQL texts cannot contain NUL. */
export const arrayText = (ids: readonly string[]): string =>
  `{${ids.map((id) => `"${id.replaceAll('\u0000', '').replace(/["\\]/g, '\\$&')}"`).join(',')}}`

/**
 * Held now by one of these agencies. A single one is compared with `=`: only then can the index return the list in its
 * order, where for several all their reports are sorted.
 */
export function agencyIn(ids: readonly string[]): SQL {
  return ids.length === 1
    ? sql`${reports.agencyId} = ${ids[0]}::text`
    : sql`${reports.agencyId} = any(${textArray(ids)})`
}

/**
 * A decision that can still be taken back is known only to those who saw the report before. Time alone ends that, no
 * job: a report is never withheld for longer.
 */
const isReleased = sql`${reports.knownTo} is null or ${reports.releasedAt} <= now()`

/** The condition that every read and write of reports applies. */
export function visibleTo(actor: Actor): SQL {
  const scope = scopeOf(actor)
  if (scope.all) return sql`true`
  if (scope.reportId !== undefined) return sql`${reports.id} = ${scope.reportId}`
  if (scope.agencyIds.length === 0) return sql`false`
  const own = textArray(scope.agencyIds)
  return sql`((${agencyIn(scope.agencyIds)} or ${reports.heldBy} && ${own})
    and (${isReleased} or ${reports.knownTo} && ${own}))`
}

/** Which reports the actor may see, for places that were learned from a single report. */
export const seenBy = (actor: Actor): Seen => (scopeOf(actor).all ? 'all' : visibleTo(actor))

/**
 * The time to take the last decision back has passed since: the account may not have seen the report before. Those who
 * see all reports have.
 */
export function releasedSince(actor: Actor, since: Date): SQL {
  if (scopeOf(actor).all) return sql`false`
  return sql`(${reports.releasedAt} > ${since.toISOString()}::timestamptz and ${reports.releasedAt} <= now())`
}

const agencyIds = sql`${sql.placeholder('agencyIds')}::text[]`

/** The same condition for a prepared statement on one report: its parameters come from `scopeValues`. */
export const visibleInScope = sql`(${sql.placeholder('seesAll')}::boolean
  or ${reports.id} = ${sql.placeholder('sentReport')}::bigint
  or ((${reports.agencyId} = any(${agencyIds}) or ${reports.heldBy} && ${agencyIds})
    and (${isReleased} or ${reports.knownTo} && ${agencyIds})))`

export function scopeValues(actor: Actor): { seesAll: boolean; sentReport: number | null; agencyIds: string } {
  const scope = scopeOf(actor)
  if (scope.all) return { seesAll: true, sentReport: null, agencyIds: '{}' }
  return { seesAll: false, sentReport: scope.reportId ?? null, agencyIds: arrayText(scope.agencyIds) }
}
