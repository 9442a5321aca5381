import { type Column, type SQL, sql } from 'drizzle-orm'
import { reportNotes, reportPhotos, reportSearch, reports } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { scopeOf } from '../rules/scope.ts'
import { byOwnWords } from '../rules/search.ts'
import { textArray } from './scope.ts'

type Wanted = {
  /** What of each hit is wanted beside the id of its report. */
  columns?: SQL
  /** Only hits of this report. */
  of?: SQL | undefined
}

const says = (query: string) => sql`words @@ ${query}::tsquery`

/** Reports whose words are these, with what was said on them since. */
export const reportHits = (query: string, { columns = sql``, of }: Wanted = {}): SQL =>
  sql`select ${reportSearch.reportId}${columns} from report_search where ${says(query)}${isOf(sql`${reportSearch.reportId}`, of)}`

/** Notes that say all of it, among those that the account may read. */
export const noteHits = (actor: Actor, query: string, { columns = sql``, of }: Wanted = {}): SQL =>
  sql`select ${reportNotes.reportId}${columns} from report_notes
    where ${says(query)} and ${isOwnPart(actor, reportNotes)}${isOf(sql`${reportNotes.reportId}`, of)}`

const isOf = (id: SQL, report: SQL | undefined): SQL => (report ? sql` and ${id} = ${report}` : sql``)

/** All hits of a query: a report comes once for itself and once for each of its notes. */
export const hitsOf = (actor: Actor, query: string, of?: SQL): SQL =>
  sql`${reportHits(query, { of })} union all ${noteHits(actor, query, { of })}`

/**
 * A condition on reports: whatever lists, counts or hands out by words has it, so that all of them agree. `matches`:
 * every hit is found first; `scope`: each report is asked by itself, which is sooner done where they are few.
 */
export const isHit = (actor: Actor, query: string, way: 'matches' | 'scope'): SQL =>
  way === 'matches'
    ? sql`${reports.id} in (${hitsOf(actor, query)})`
    : sql`exists (${hitsOf(actor, query, sql`${reports.id}`)})`

/** So much of a text is looked through for the place. */
const longestText = sql.raw('4000')

/**
 * Of each report of a page that was not found by its own words alone: what else was said on it, as far as the account
 * may read it.
 */
export function saidBeside(actor: Actor, query: string): SQL {
  const texts = (rows: SQL) => sql`(select coalesce(json_agg(left(said, ${longestText})), '[]') from (${rows}) texts)`
  return sql`, case when not exists (${reportHits(byOwnWords(query), { of: sql`page.id` })}) then json_build_object(
    'answer', ${texts(sql`select concat_ws(E'\n', what, where_done, when_done, next) as said
      from report_answers where report_id = page.id and status = 'sent' order by created_at desc`)},
    'message', ${texts(sql`select body as said from report_messages where report_id = page.id and kind <> 'notice'
      order by created_at desc`)},
    'photo', ${texts(sql`select name as said from report_photos where report_id = page.id and name <> ''
      and (kind = 'citizen' or ${isOwnPart(actor, reportPhotos)}) order by position`)},
    'note', ${texts(noteHits(actor, query, { columns: sql`, body as said`, of: sql`page.id` }))}) end as said`
}

/**
 * Notes and photos are read as the page of the report has it (`readingOf`): all of what is in hand, else those of one's
 * own agencies.
 */
function isOwnPart(actor: Actor, part: { agencyId: Column; reportId: Column }): SQL {
  const scope = scopeOf(actor)
  if (scope.all) return sql`true`
  const own = sql`any(${textArray(scope.agencyIds)})`
  return sql`(${part.agencyId} = ${own}
    or exists (select from reports held where held.id = ${part.reportId} and held.agency_id = ${own}))`
}
