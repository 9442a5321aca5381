import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { runPrepared } from '#db/prepared.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { mayHaveChangedSince } from '#server/reports/queries/changed-since.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import { toldAnswers, toldMessages } from '#server/reports/queries/told.ts'
import { photoPath } from '../rules/address.ts'
import type { Update } from '../rules/documents.ts'
import type { RequestFilter } from '../rules/filters.ts'
import { answerWords, type Ended, extendedStatusOf, requestStatusOf, type UpdateStatus } from '../rules/status.ts'
import { within } from './requests.ts'

type Row = {
  id: string
  code: string
  /** Of an answer or a refusal; null of a question or a notice. */
  ended: Omit<Ended, 'referredTo'> | null
  at: string
  words: { what: string; where: string; when: string; next: string }
  photoId: string | null
}

/**
 * What the citizens of a client's requests were told, the oldest first: questions and notices to many, answers and
 * refusals, also those passed on from a report about the same matter. A question that can still be taken back is told
 * later.
 */
export async function ownUpdates(
  db: Connection,
  client: { id: string; extendedStatuses: boolean },
  filter: RequestFilter,
): Promise<Update[]> {
  const { ids, requested, updated, page, pageSize } = filter
  const [r, source] = [sql`r`, sourceOf(client.id)]
  const told = ids ? null : (updated ?? requested)
  const rows = await runPrepared<Row>(
    db,
    sql`
    select u.id, r.code, u.ended, u.at, u.words, (
      select p.file_id from answer_photos p where p.answer_id = u.id order by p.file_id limit 1) as "photoId"
    from reports r cross join lateral (
      select t.id, null::json as ended, t.at,
        json_build_object('what', t.body, 'where', '', 'when', '', 'next', '') as words
      from (${toldMessages(r)}) t
      union all
      select t.id, json_build_object('outcome', t.outcome, 'plannedFor', t.planned_for,
          'isRejected', t.kind = 'rejection', 'rejectReason', (
            select w.reject_reason from report_answers a join reports w on w.id = a.report_id where a.id = t.id)), t.at,
        json_build_object('what', t.what, 'where', t.where_done, 'when', t.when_done, 'next', t.next)
      from (${toldAnswers(r)}) t
    ) u
    where r.source like 'client:%' and r.source = ${source}
      and ${ids ? sql`r.code = any(${textArray(ids)})` : sql`true`}
      and ${told ? mayHaveChangedSince(sql`r.id`, told.from, source) : sql`true`}
      and ${within(sql`u.at`, ids ? null : requested)} and ${within(sql`u.at`, ids ? null : updated)}
    order by u.at, u.id, r.id
    limit ${pageSize} offset ${(page - 1) * pageSize}`,
  )
  const statusOf = ({ ended }: Pick<Row, 'ended'>): UpdateStatus => {
    if (!ended) return 'open'
    const told = { ...ended, referredTo: '' }
    return client.extendedStatuses ? extendedStatusOf(told) : requestStatusOf('closed', told)
  }
  return rows.map(({ id, code, at, words, photoId, ended }) => ({
    ...{ id, code },
    status: statusOf({ ended }),
    at: new Date(at),
    words: answerWords(words),
    photoPath: photoId && photoPath(code, photoId),
  }))
}
