import { type SQL, sql } from 'drizzle-orm'

/** Which reports the user may see: all, or those that meet a condition on the table `reports`. */
export type Seen = 'all' | SQL

/**
 * The condition on `places p` for what may be shown to a user. A house or lane learned from a single report lies where
 * that report lies, so it is shown only to users who may see the report; without `seen`, to nobody. The bounds of the
 * number let the index find the readings, also for lanes, whose readings include those of their houses.
 */
export function usableBy(seen: Seen | undefined): SQL {
  if (seen === 'all') return sql`true`
  const agreed = sql`p.source = 'file' or p.weight > 1 or p.kind not in ('house', 'lane')`
  if (!seen) return sql`(${agreed})`
  const taughtBy = (area: SQL) => sql`exists (
    select from place_readings r
    where r.key = p.key and ${area} and r.kind in ('house', 'lane') and r.lanes = p.lanes
      and r.number >= case p.kind when 'lane' then 0 else p.number end
      and r.number <= case p.kind when 'lane' then 2147483647 else p.number end
      and (p.kind = 'lane' or (r.kind = 'house' and r.letter = p.letter))
      and r.lon = p.lon and r.lat = p.lat
      and (select ${seen} from reports where reports.id = r.report_id))`
  return sql`(${agreed} or ${taughtBy(sql`r.area_id = p.area_id`)}
    or p.area_id is null and ${taughtBy(sql`r.area_id is null`)})`
}
