import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportSearch } from '#db/schema/index.ts'
import { answerText, type SearchableReport, searchRowOf } from '../rules/search-text.ts'

/**
 * Rewrites the words by which search finds these reports, from the present texts of the reports, their answers and
 * messages and the names of their photos. The caller has locked them, so that nothing is added meanwhile. `changing`:
 * values that the caller will write only after this.
 */
export async function updateSearch(
  tx: Transaction,
  reportIds: readonly number[],
  changing: { address?: string } = {},
): Promise<void> {
  if (reportIds.length === 0) return
  const found = await saidOn(tx, reportIds)
  await tx
    .insert(reportSearch)
    .values(
      found.map(({ id, answers, messages, photos, ...report }) => ({
        reportId: Number(id),
        words: sql`${searchRowOf({ ...report, ...changing }, { answers: answers.map(answerText), messages, photos }).words}::tsvector`,
      })),
    )
    .onConflictDoUpdate({ target: reportSearch.reportId, set: { words: sql`excluded.words` } })
}

type Answer = Parameters<typeof answerText>[0]
type Row = SearchableReport & { id: number; answers: Answer[]; messages: string[]; photos: string[] }

const saidOn = (tx: Transaction, reportIds: readonly number[]) =>
  tx.execute<Row>(sql`
    select r.id, r.code, r.title, r.body, r.address,
      (select coalesce(json_agg(json_build_object('what', a.what, 'whereDone', a.where_done, 'whenDone', a.when_done,
          'next', a.next) order by a.created_at, a.id), '[]')
        from report_answers a where a.report_id = r.id and a.status = 'sent') as answers,
      (select coalesce(json_agg(m.body order by m.created_at, m.id), '[]')
        from report_messages m where m.report_id = r.id and m.kind <> 'notice') as messages,
      (select coalesce(json_agg(p.name order by p.position, p.file_id), '[]')
        from report_photos p where p.report_id = r.id and p.name <> '') as photos
    from reports r where r.id = any(${`{${reportIds.join(',')}}`}::bigint[])`)
