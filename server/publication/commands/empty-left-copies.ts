import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'

/**
 * Empties the copies of reports whose rejection or merge can no longer be undone. They are already absent from public
 * lists. Returns the number of copies.
 */
export async function emptyLeftCopies({ db, now }: Context): Promise<number> {
  const left = await db.execute(sql`
    select empty_copy(copy.report_id, report.state)
    from publication_copies copy join reports report on report.id = copy.report_id
    where copy.leaves_at <= ${now().toISOString()}::timestamptz`)
  return left.length
}
