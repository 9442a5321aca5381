import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { scopeOf } from '../rules/scope.ts'

/** A list of ids as one array parameter, so that its length does not change the statement. */
export function textArray(ids: readonly string[]): SQL {
  return sql`${sql.param(`{${ids.map((id) => JSON.stringify(id)).join(',')}}`)}::text[]`
}

/** The one condition every read and write of reports passes. */
export function visibleTo(actor: Actor): SQL {
  const scope = scopeOf(actor)
  if (scope.all) return sql`true`
  if (scope.agencyIds.length === 0) return sql`false`
  const ids = textArray(scope.agencyIds)
  return sql`(${reports.agencyId} = any(${ids}) or ${reports.heldBy} && ${ids})`
}
