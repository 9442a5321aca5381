import type { Sql } from '#db/client.ts'
import { CopyBuffer, copyInto } from '#db/copy.ts'
import { reportCloses, reportFacts, reportPromises, reportStays } from '#db/schema/index.ts'
import { readHistories, type Times, timeIn, type Which } from '../queries/histories.ts'
import { type FactRows, factRows } from '../rules/fact-rows.ts'
import { figuresOf } from '../rules/replay.ts'

/** Tells the figures of some reports anew from the log, in the caller's transaction, in place of those that stand. */
export async function writeFigures(tx: Sql, which: Which, times: Times): Promise<number> {
  const rows = await tellFigures(tx, which, times)
  await removeFigures(tx, which)
  for (const text of textsOf(rows)) await copyInto(tx, text)
  return rows.length
}

/** What the log says, as it would stand in the tables. */
export async function tellFigures(sql: Sql, which: Which, times: Times): Promise<FactRows[]> {
  const told = await readHistories(sql, which, times)
  return told.map(({ head, history }) => factRows(head, figuresOf(history, timeIn(times))))
}

async function removeFigures(tx: Sql, which: Which): Promise<void> {
  const among =
    'ids' in which
      ? tx`report_id = any(${[...which.ids]}::bigint[])`
      : tx`report_id between ${which.from} and ${which.to}`
  await tx`
    with facts as (delete from report_facts where ${among}),
      promises as (delete from report_promises where ${among}),
      closes as (delete from report_closes where ${among})
    delete from report_stays where ${among}`
}

function textsOf(rows: readonly FactRows[]) {
  const [facts, promises] = [new CopyBuffer(reportFacts), new CopyBuffer(reportPromises)]
  const [closes, stays] = [new CopyBuffer(reportCloses), new CopyBuffer(reportStays)]
  for (const row of rows) {
    facts.add(row.facts)
    for (const promise of row.promises) promises.add(promise)
    for (const close of row.closes) closes.add(close)
    for (const stay of row.stays) stays.add(stay)
  }
  return [facts, promises, closes, stays].map((buffer) => buffer.take())
}
