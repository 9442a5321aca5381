import type { Database, Sql } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import { factChecks } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { recordEvent } from '#server/events/commands.ts'
import { log } from '#server/platform/log.ts'
import { catchUp, holdFigures } from './catch-up.ts'
import { checkSums } from './check-sums.ts'
import { copyFigures, figureTables, recomputeFigures } from './write-figures.ts'

const stretch = 1_000
const mostNamed = 50

export type FigureCheck = { compared: number; failed: number; reportIds: number[] }

/**
 * Recomputes the figures of every report and compares them with the stored ones, then their sums. A difference is a
 * defect: it is recorded where the board, the health check and the event log show it, and the next catch-up recomputes
 * the report.
 */
export async function checkFigures(ctx: Context): Promise<FigureCheck> {
  const { db } = ctx
  await catchUp(db)
  const { $client } = db as Database & { $client: Sql }
  const [range] = await $client<{ first: number | null; last: number | null }[]>`
    select min(id) as first, max(id) as last from reports`
  const check: FigureCheck = { compared: 0, failed: 0, reportIds: [] }
  for (let from = range?.first ?? 1; from <= (range?.last ?? 0); from += stretch) {
    const found = await checkStretch(db, from, from + stretch - 1)
    check.compared += found.compared
    check.failed += found.differing.length
    check.reportIds.push(...found.differing.slice(0, mostNamed - check.reportIds.length))
  }
  const sums = await checkSums(db)
  check.failed += sums.failed
  if (check.failed > 0) log.error({ ...check, sums }, 'figures differ from the event log')
  await db.transaction(async (tx) => {
    await tx.insert(factChecks).values({ ...check, at: ctx.now() })
    await recordEvent(tx, ctx, {
      event: check.failed === 0 ? 'figures.checked' : 'figures.differed',
      subject: { kind: 'setting', id: 'figures' },
      details: { ...check, sums },
    })
  })
  return check
}

async function checkStretch(db: Database, from: number, to: number) {
  return db.transaction(async (transaction) => {
    const tx = clientOf(transaction)
    await holdFigures(tx)
    const rows = await recomputeFigures(tx, { from, to }, await compiledCalendars(transaction))
    for (const table of figureTables) {
      await tx`create temp table ${tx(`told_${table}`)} (like ${tx(table)} including generated) on commit drop`
    }
    await copyFigures(tx, rows, (table) => `told_${table}`)
    const differing = new Set<number>()
    for (const table of figureTables) {
      const [told, kept] = [tx(`told_${table}`), tx(table)]
      // Reports that changed meanwhile are behind, not wrong: their mark is still pending.
      const found = await tx<{ report_id: number }[]>`
        with told as (select * from ${told}), kept as (select * from ${kept} where report_id between ${from} and ${to}),
          differing as ((select * from told except all select * from kept) union all (select * from kept except all select * from told))
        select distinct report_id from differing
        where report_id not in (select report_id from stale_facts where report_id between ${from} and ${to})`
      for (const { report_id } of found) differing.add(report_id)
    }
    if (differing.size > 0) await tx`insert into stale_facts (report_id) select unnest(${[...differing]}::bigint[])`
    return { compared: rows.length, differing: [...differing].sort((a, b) => a - b) }
  })
}
