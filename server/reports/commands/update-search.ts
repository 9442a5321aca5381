import { sql } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Transaction } from '#db/client.ts'
import { reportSearch } from '#db/schema/index.ts'
import { type SearchableReport, searchRowOf } from '../rules/search-text.ts'

/** Writes what search finds the reports by, anew. */
export async function updateSearch(tx: Transaction, ...reports: (SearchableReport & { id: number })[]): Promise<void> {
  const [report] = reports
  if (!report) return
  if (reports.length === 1) await searchRow(tx, { reportId: report.id, ...searchRowOf(report) })
  else {
    await tx
      .insert(reportSearch)
      .values(reports.map((one) => ({ reportId: one.id, words: sql`${searchRowOf(one).words}::tsvector` })))
      .onConflictDoUpdate(anew)
  }
}

const anew = { target: reportSearch.reportId, set: { words: sql`excluded.words` } }

const searchRow = builtOnce((db) =>
  db
    .insert(reportSearch)
    .values({ reportId: sql`${sql.placeholder('reportId')}`, words: sql`${sql.placeholder('words')}::tsvector` })
    .onConflictDoUpdate(anew),
)
