import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportSearch } from '#db/schema/index.ts'
import { type SearchableReport, searchRowOf } from '../rules/search-text.ts'

/** Writes what search finds the reports by, anew. */
export async function updateSearch(tx: Transaction, ...reports: (SearchableReport & { id: number })[]): Promise<void> {
  if (reports.length === 0) return
  await tx
    .insert(reportSearch)
    .values(reports.map((report) => ({ reportId: report.id, words: sql`${searchRowOf(report).words}::tsvector` })))
    .onConflictDoUpdate({ target: reportSearch.reportId, set: { words: sql`excluded.words` } })
}
