import { type SQL, sql } from 'drizzle-orm'

/** The reports that whoever asks may see: all of them, or those of a condition on `reports`. */
export type Seen = 'all' | SQL

/**
 * The houses and lanes (`places p`) that may be shown to those who see these reports. One that a single report has
 * taught lies where that report lies, so it is shown to those who may see the report; where nothing is said, to no one.
 * The bounds of the number keep the search in the index, for lanes too, which are known by their houses; the report is
 * then read by its id.
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
