import { type Column, type SQL, sql } from 'drizzle-orm'
import { reportNotes, reportPhotos, reportSearch, reports } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { scopeOf } from '../rules/scope.ts'
import { byOwnWords } from '../rules/search.ts'
import { textArray } from './scope.ts'

type Wanted = {
  /** The columns of each hit besides the id of its report. */
  columns?: SQL
  /** Only hits of this report. */
  of?: SQL | undefined
}

const says = (query: string) => sql`words @@ ${query}::tsquery`

/** Reports that contain all words of the query, including the messages and answers on them. */
export const reportHits = (query: string, { columns = sql``, of }: Wanted = {}): SQL =>
  sql`select ${reportSearch.reportId}${columns} from report_search where ${says(query)}${isOf(sql`${reportSearch.reportId}`, of)}`

/** Notes that contain all words of the query, among those that the account may read. */
export const noteHits = (actor: Actor, query: string, { columns = sql``, of }: Wanted = {}): SQL =>
  sql`select ${reportNotes.reportId}${columns} from report_notes
    where ${says(query)} and ${isOwnPart(actor, reportNotes)}${isOf(sql`${reportNotes.reportId}`, of)}`

const isOf = (id: SQL, report: SQL | undefined): SQL => (report ? sql` and ${id} = ${report}` : sql``)

/** All hits of a query: a report occurs once for itself and once for each of its notes. */
export const hitsOf = (actor: Actor, query: string, of?: SQL): SQL =>
  sql`${reportHits(query, { of })} union all ${noteHits(actor, query, { of })}`

/**
 * A condition on reports, shared by everything that lists, counts or exports search results, so that all of them agree.
 * `matches`: all hits are found first; `scope`: each report is checked separately, which is faster for few reports.
 */
export const isHit = (actor: Actor, query: string, way: 'matches' | 'scope'): SQL =>
  way === 'matches'
    ? sql`${reports.id} in (${hitsOf(actor, query)})`
    : sql`exists (${hitsOf(actor, query, sql`${reports.id}`)})`

/** The maximum number of characters of a text that are searched for the place of the match. */
const longestText = sql.raw('4000')

/**
 * For each report of a page that was not found by its own words alone: the other texts on it, as far as the account may
 * read them.
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
 * Notes and photos are read by the rules of the report page (`readingOf`): all of them on reports that one's own
 * agencies hold, otherwise only those of one's own agencies.
 */
function isOwnPart(actor: Actor, part: { agencyId: Column; reportId: Column }): SQL {
  const scope = scopeOf(actor)
  if (scope.all) return sql`true`
  const own = sql`any(${textArray(scope.agencyIds)})`
  return sql`(${part.agencyId} = ${own}
    or exists (select from reports held where held.id = ${part.reportId} and held.agency_id = ${own}))`
}
