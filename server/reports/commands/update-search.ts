import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportSearch } from '#db/schema/index.ts'
import { type SearchableReport, searchRowOf } from '../rules/search-text.ts'

/** Writes what search finds the report by, anew. */
export async function updateSearch(tx: Transaction, report: SearchableReport & { id: number }): Promise<void> {
  const columns = { words: sql`${searchRowOf(report).words}::tsvector` }
  await tx
    .insert(reportSearch)
    .values({ reportId: report.id, ...columns })
    .onConflictDoUpdate({ target: reportSearch.reportId, set: columns })
}
