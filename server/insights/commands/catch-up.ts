import type { Database, Sql, Transaction } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { writeFigures } from './write-figures.ts'

/** Reports told in one transaction: a reader who waits for it waits a moment. */
const batch = 200

type CatchingUp = {
  /** Go on with the next batch? Asked after each; by default until nothing is left. */
  goesOn?: (done: number) => boolean
}

/**
 * Tells anew whatever has happened since. Each batch takes its marks and writes the figures in one transaction: killed midway,
 * the marks are still there. One at a time, so that nobody writes older figures over newer ones; what comes in meanwhile leaves
 * a mark of its own. Answers how many reports were told.
 */
export async function catchUp(db: Database, { goesOn = () => true }: CatchingUp = {}): Promise<number> {
  let done = 0
  for (;;) {
    const told = await db.transaction(tellBatch)
    done += told
    if (told === 0 || !goesOn(done)) return done
  }
}

async function tellBatch(tx: Transaction): Promise<number> {
  const sql = clientOf(tx)
  await holdFigures(sql)
  const taken = await sql<{ report_id: number }[]>`
    delete from stale_facts where id in (select id from stale_facts order by id limit ${batch}) returning report_id`
  const ids = [...new Set(taken.map((row) => row.report_id))]
  // What the marks stand for was committed with them, calendars too: it is read only now.
  if (ids.length > 0) await writeFigures(sql, { ids }, await compiledCalendars(tx))
  return ids.length
}

/** Whoever writes figures holds this until his transaction ends. */
export async function holdFigures(tx: Sql): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('report_facts'))`
}

/** Reports whose figures are behind the log, up to a thousand. */
export async function countBehind(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (select from stale_facts limit 1000) known`
  return row?.count ?? 0
}
