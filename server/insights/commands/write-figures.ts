import { type SQL, sql } from 'drizzle-orm'
import type { PendingQuery, Row } from 'postgres'
import type { Sql, Transaction } from '#db/client.ts'
import { CopyBuffer } from '#db/copy.ts'
import { clientOf } from '#db/prepared.ts'
import { reportCloses, reportFacts, reportHoldingPeriods, reportPromises } from '#db/schema/index.ts'
import { readHistories, type Times, timeIn, type Which } from '../queries/histories.ts'
import { type FactVersions, versionsOf } from '../rules/versions.ts'
import { changeSumsWith, forgetSumsWith } from './change-sums.ts'

/** Whether each sum is changed by the difference, or those of all days on which replaced rows count are deleted. */
type Sums = 'changed' | 'forgotten'

/** Recomputes the figures of some reports from the log, in the caller's transaction, and replaces the stored ones. */
export async function writeFigures(
  tx: Transaction,
  which: Which,
  times: Times,
  sums: Sums = 'changed',
): Promise<number> {
  const client = clientOf(tx)
  const rows = await recomputeFigures(client, which, times)
  const among = amongReports(client, which)
  const replace = async () => {
    await removeFigures(client, among)
    await copyFigures(client, rows)
  }
  const writing = sums === 'changed' ? changeSumsWith : forgetSumsWith
  await writing(tx, rowsOfReports(which), replace)
  return rows.length
}

/** The rows that follow from the log, as they would be stored in the tables. */
export async function recomputeFigures(client: Sql, which: Which, times: Times): Promise<FactVersions[]> {
  const told = await readHistories(client, which)
  return told.map((report) => versionsOf(report, timeIn(times)))
}

const rowsOfReports = (which: Which): SQL =>
  'ids' in which
    ? sql`f.report_id = any(${`{${which.ids.join()}}`}::bigint[])`
    : sql`f.report_id between ${which.from} and ${which.to}`

const amongReports = (tx: Sql, which: Which) =>
  'ids' in which
    ? tx`report_id = any(${[...which.ids]}::bigint[])`
    : tx`report_id between ${which.from} and ${which.to}`

async function removeFigures(tx: Sql, among: PendingQuery<Row[]>): Promise<void> {
  await tx`
    with facts as (delete from report_facts where ${among}),
      promises as (delete from report_promises where ${among}),
      closes as (delete from report_closes where ${among})
    delete from report_stays where ${among}`
}

/** The tables of figures, each keyed by the report. */
export const figureTables = ['report_facts', 'report_promises', 'report_closes', 'report_stays'] as const
type FigureTable = (typeof figureTables)[number]

/** Copies computed figures into their tables, or into others of the same columns. */
export async function copyFigures(
  tx: Sql,
  rows: readonly FactVersions[],
  into: (table: FigureTable) => string = (table) => table,
): Promise<void> {
  const facts = new CopyBuffer(reportFacts, { into: into('report_facts') })
  const promises = new CopyBuffer(reportPromises, { into: into('report_promises') })
  const closes = new CopyBuffer(reportCloses, { into: into('report_closes') })
  const holdingPeriods = new CopyBuffer(reportHoldingPeriods, { into: into('report_stays') })
  for (const row of rows) {
    for (const fact of row.facts) facts.add(fact)
    for (const promise of row.promises) promises.add(promise)
    for (const close of row.closes) closes.add(close)
    for (const holdingPeriod of row.holdingPeriods) holdingPeriods.add(holdingPeriod)
  }
  for (const buffer of [facts, promises, closes, holdingPeriods]) await buffer.send(tx)
}
