import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportNotes } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { lockInOrder } from '../queries/lock.ts'
import { noteWords } from '../rules/search-text.ts'
import { updateSearch } from './update-search.ts'

/** Few at a time, so that users who work on one of them hardly wait. */
const batch = 100

/**
 * Rewrites the search words of reports marked for it, and of their notes: the newest hundred, in one transaction.
 * Returns whether there may be more. Several processes may run it at once: rows that another one has locked are
 * skipped.
 */
export async function renewSearch(ctx: Context): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const marked = await tx.execute<{ report_id: number }>(sql`
      delete from search_renewals where report_id in (
        select report_id from search_renewals order by report_id desc limit ${sql.raw(String(batch))} for update skip locked)
      returning report_id`)
    const ids = marked.map(({ report_id }) => Number(report_id))
    await lockInOrder(tx, ctx, ids)
    await updateSearch(tx, ids)
    await updateNotes(tx, ids)
    return ids.length === batch
  })
}

async function updateNotes(tx: Transaction, reportIds: number[]): Promise<void> {
  const notes = await tx
    .select({ id: reportNotes.id, body: reportNotes.body })
    .from(reportNotes)
    .where(inArray(reportNotes.reportId, reportIds))
  if (notes.length === 0) return
  const words = JSON.stringify(notes.map(({ id, body }) => ({ id, words: noteWords(body) })))
  await tx.execute(sql`
    update report_notes set words = renewed.words::tsvector
    from jsonb_to_recordset(${words}::text::jsonb) as renewed(id uuid, words text) where report_notes.id = renewed.id`)
}
