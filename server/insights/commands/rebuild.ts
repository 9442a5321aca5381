import type { Database, Sql } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { holdFigures } from './catch-up.ts'
import { fillDays, fillMonths } from './fill-sums.ts'
import { writeFigures } from './write-figures.ts'

const stretch = 2_500

type Rebuilding = {
  /**
   * How many of the reports are recomputed, and then, day by day and month by month, up to which month their figures
   * are added up.
   */
  onProgress?: (done: number, total: number) => void
  onMonth?: (month: LocalDay) => void
  /** Days that are over by then are added up. */
  now?: Date
  /** `false` leaves adding up to the jobs. */
  addsUp?: boolean
}

/**
 * Recomputes the figures of every report, range by range, each in a separate transaction: the board goes on answering,
 * and a run that was broken off may be started again. Memory does not grow with the city.
 */
export async function rebuildFigures(
  db: Database,
  { onProgress, onMonth, now = new Date(), addsUp = true }: Rebuilding = {},
): Promise<number> {
  const { $client } = db as Database & { $client: Sql }
  const [range] = await $client<{ first: number | null; last: number | null }[]>`
    select min(id) as first, max(id) as last from reports`
  const [first, last] = [range?.first ?? 1, range?.last ?? 0]
  let told = 0
  for (let from = first; from <= last; from += stretch) {
    const to = from + stretch - 1
    told += await db.transaction(async (tx) => {
      const sql = clientOf(tx)
      await holdFigures(sql)
      await sql`delete from stale_facts where report_id between ${from} and ${to}`
      return writeFigures(tx, { from, to }, await compiledCalendars(tx), 'forgotten')
    })
    onProgress?.(Math.min(to, last) - first + 1, last - first + 1)
  }
  await $client`vacuum (analyze) report_facts, report_promises, report_closes, report_stays, stale_facts`
  if (!addsUp) return told
  await fillDays(db, now, { onMonth })
  await fillMonths(db, now, { onMonth })
  await $client`vacuum (analyze) figure_sums`
  return told
}
