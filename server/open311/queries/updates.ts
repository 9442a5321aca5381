import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import type { Update } from '../rules/documents.ts'
import type { RequestFilter } from '../rules/filters.ts'
import { answerWords, type RequestStatus } from '../rules/status.ts'
import { within } from './requests.ts'

type Row = {
  id: string
  code: string
  status: RequestStatus
  at: string
  words: { what: string; where: string; when: string; next: string }
}

/**
 * What the citizens of a client's requests were told, the oldest first: questions and notices to many, answers and
 * refusals, also those passed on from a report about the same matter. A question that can still be taken back is told
 * later.
 */
export async function ownUpdates(db: Connection, clientId: string, filter: RequestFilter): Promise<Update[]> {
  const { ids, requested, updated, page, pageSize } = filter
  const answer = sql`json_build_object('what', a.what, 'where', a.where_done, 'when', a.when_done, 'next', a.next)`
  const rows = await db.execute<Row>(sql`
    select u.id, r.code, u.status, u.at, u.words
    from reports r cross join lateral (
      select m.id, 'open' as status, m.created_at as at,
        json_build_object('what', m.body, 'where', '', 'when', '', 'next', '') as words
      from report_messages m where m.report_id = r.id and m.kind in ('question', 'notice')
        and not (m.kind = 'question' and r.state = 'awaiting_citizen' and coalesce(r.released_at > now(), false)
          and not exists (select from report_messages n where n.report_id = r.id and n.created_at > m.created_at))
      union all
      select a.id, 'closed', a.sent_at, ${answer}
      from report_answers a where a.report_id = r.id and a.status = 'sent'
      union all
      select a.id, 'closed', e.at, ${answer}
      from events e join report_answers a on a.id = (e.details ->> 'answerId')::uuid and a.status = 'sent'
      where (r.merged_into_id is not null or r.linked_to_id is not null)
        and e.report_id = r.id and e.event = 'report.answer_passed_on'
    ) u
    where r.source like 'client:%' and r.source = ${sourceOf(clientId)}
      and ${ids ? sql`r.code = any(${textArray(ids)})` : sql`true`}
      and ${within(sql`u.at`, ids ? null : requested)} and ${within(sql`u.at`, ids ? null : updated)}
    order by u.at, u.id, r.id
    limit ${pageSize} offset ${(page - 1) * pageSize}`)
  return rows.map(({ at, words, ...row }) => ({ ...row, at: new Date(at), words: answerWords(words) }))
}
