import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'

/**
 * The houses and lanes (`places p`) that may be shown to an actor. One that a single report has taught lies where that
 * report lies, so it is shown to those who may see the report; without an actor, to no one. The bounds of the number
 * keep the search in the index, for lanes too, which are known by their houses; the report is then read by its id.
 */
export function usableBy(actor: Actor | undefined): SQL {
  if (actor && scopeOf(actor).all) return sql`true`
  const agreed = sql`p.source = 'file' or p.weight > 1 or p.kind not in ('house', 'lane')`
  if (!actor) return sql`(${agreed})`
  const taughtBy = (area: SQL) => sql`exists (
    select from place_readings r
    where r.key = p.key and ${area} and r.kind in ('house', 'lane') and r.lanes = p.lanes
      and r.number >= case p.kind when 'lane' then 0 else p.number end
      and r.number <= case p.kind when 'lane' then 2147483647 else p.number end
      and (p.kind = 'lane' or (r.kind = 'house' and r.letter = p.letter))
      and r.lon = p.lon and r.lat = p.lat
      and (select ${visibleTo(actor)} from reports where reports.id = r.report_id))`
  return sql`(${agreed} or ${taughtBy(sql`r.area_id = p.area_id`)}
    or p.area_id is null and ${taughtBy(sql`r.area_id is null`)})`
}
