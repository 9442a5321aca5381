import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { reportCloses, reportFacts, reportHoldingPeriods, reportPromises } from '#db/schema/index.ts'
import type { FactVersions } from '../rules/versions.ts'

const stored = {
  facts: reportFacts,
  promises: reportPromises,
  closes: reportCloses,
  stays: reportHoldingPeriods,
} as const
export type FigureTable = keyof typeof stored

/**
 * What was known at a moment. Reports of which the log learned later do not count; those by their ids count with other
 * rows instead, given as JSON for each table. `part`: all rows that count, or only the stored rows that do not, or only
 * those in their place.
 */
export type Retold = {
  at: Date
  ids: readonly number[]
  rows: Readonly<Record<FigureTable, string>>
  part: 'all' | 'stored' | 'instead'
}

/** The rows of a table of figures, under this name. */
export function rowsIn(table: FigureTable, { retold }: { retold?: Retold | null | undefined }, as = 'f'): SQL {
  const name = getTableConfig(stored[table]).name
  if (!retold) return sql.raw(`${name} ${as}`)
  const [rows, alias] = [sql.raw(name), sql.raw(as)]
  const at = sql`${retold.at.toISOString()}::timestamptz`
  const isRetold = sql`report_id = any(${`{${retold.ids.join(',')}}`}::bigint[])`
  const isUsual = sql`(known_at is null or known_at <= ${at})`
  const replaces = retold.ids.length > 0
  // As a text first: the driver would write a text for JSON as a JSON string.
  const instead = sql`select * from jsonb_populate_recordset(null::${rows}, ${retold.rows[table]}::text::jsonb)`
  switch (retold.part) {
    case 'stored':
      return sql`(select * from ${rows} where known_at > ${at}${replaces ? sql` or ${isRetold}` : sql``}) ${alias}`
    case 'instead':
      return sql`(${instead}) ${alias}`
    case 'all':
      return replaces
        ? sql`(select * from ${rows} where ${isUsual} and not ${isRetold} union all ${instead}) ${alias}`
        : sql`(select * from ${rows} where ${isUsual}) ${alias}`
  }
}

/** The rows of replayed reports as they would be stored, as JSON for each table. */
export function retoldRows(reports: readonly FactVersions[]): Retold['rows'] {
  return {
    facts: jsonOf(
      stored.facts,
      reports.flatMap(({ facts }) => facts),
    ),
    promises: jsonOf(
      stored.promises,
      reports.flatMap(({ promises }) => promises),
    ),
    closes: jsonOf(
      stored.closes,
      reports.flatMap(({ closes }) => closes),
    ),
    stays: jsonOf(
      stored.stays,
      reports.flatMap(({ holdingPeriods }) => holdingPeriods),
    ),
  }
}

/** Never settled: then a row counts at each moment by what it says of that moment. */
const never = '9999-12-31T00:00:00Z'

function jsonOf(table: PgTable, rows: readonly object[]): string {
  const columns = Object.entries(getTableColumns(table))
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        columns.map(([key, { name, generated }]) => [
          name,
          generated ? never : ((row as Readonly<Record<string, unknown>>)[key] ?? null),
        ]),
      ),
    ),
  )
}
