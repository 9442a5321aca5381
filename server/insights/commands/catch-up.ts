import { LRUCache } from 'lru-cache'
import type { Database, Sql, Transaction } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { clientOf } from '#db/prepared.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { log } from '#server/platform/log.ts'
import { writeFigures } from './write-figures.ts'

/** Marks taken in one transaction, for which everyone else who catches up waits. */
const batch = 200

/** From so many marks on sums are filled again instead of being changed report by report, and readers do not wait. */
export const veryMany = 1_000

type CatchingUp = {
  /** Whether to go on with the next batch; checked after each batch. By default until nothing is left. */
  goesOn?: (done: number) => boolean | Promise<boolean>
}

/**
 * Recomputes the figures of every report with new events in the log. Each batch takes its marks and writes the figures
 * in one transaction: if the process is killed midway, the marks are still there. Only one process runs at a time, so
 * that older figures never overwrite newer ones; what comes in meanwhile leaves a new mark. A report that cannot be
 * recomputed is set aside for a while, stays behind, and does not block the others. Returns how many were recomputed.
 */
export async function catchUp(db: Database, { goesOn = () => true }: CatchingUp = {}): Promise<number> {
  let done = 0
  for (;;) {
    const marked = await firstMarked(db)
    if (marked.length === 0) return done
    done += await recomputeEach(db, marked)
    if (!(await goesOn(done))) return done
  }
}

/** A report with those of its marks that are in the current batch. */
type Marked = { reportId: number; marks: number[] }

async function firstMarked(db: Database): Promise<Marked[]> {
  const { $client } = db as Database & { $client: Sql }
  const aside = [...asideIn(db)]
  const [reports, marks] = [aside.map(([id]) => id), aside.map(([, mark]) => mark)]
  // A plain condition, no join: of a million marks the first ones are read by their key and no others.
  return $client<Marked[]>`
    select report_id as "reportId", array_agg(id) as marks from (
      select id, report_id from stale_facts
      where coalesce(id > (${marks}::bigint[])[array_position(${reports}::bigint[], report_id)], true)
      order by id limit ${batch}) waiting
    group by report_id order by min(id)`
}

/** Together where that works; else split in half repeatedly, until the report that cannot be recomputed is found. */
async function recomputeEach(db: Database, marked: readonly Marked[]): Promise<number> {
  try {
    const told = await db.transaction((tx) => recomputeBatch(tx, marked))
    // No longer set aside: what is left of their marks is processed next.
    for (const { reportId } of marked) asideIn(db).delete(reportId)
    return told
  } catch (error) {
    if (!isOfReport(error)) throw error
    const [first] = marked
    if (first && marked.length === 1) {
      setAside(db, first)
      log.error({ err: error, reportId: first.reportId }, 'the figures of a report could not be recomputed')
      return 0
    }
    const half = Math.ceil(marked.length / 2)
    return (await recomputeEach(db, marked.slice(0, half))) + (await recomputeEach(db, marked.slice(half)))
  }
}

/**
 * Not an error of the database, which may be away or busy: an error in a report's own data repeats on every attempt.
 */
function isOfReport(error: unknown): boolean {
  if (error instanceof DomainError) return true
  const { code } = error as { code?: unknown }
  return typeof code !== 'string' || /^(22|23|54)...$/.test(code)
}

/** How long after a failure a report is tried again; it is tried earlier when something new happens to it. */
const setAsideFor = 5 * 60_000
/** By report id, the last mark for which it was tried. */
type Aside = LRUCache<number, number>
const asideIn = keptFor<Aside>('reports set aside', () => new LRUCache({ max: 10_000, ttl: setAsideFor }))

const setAside = (db: Database, { reportId, marks }: Marked) => asideIn(db).set(reportId, Math.max(...marks))

async function recomputeBatch(tx: Transaction, marked: readonly Marked[]): Promise<number> {
  const sql = clientOf(tx)
  await holdFigures(sql)
  const sums = (await countBehind(sql)) < veryMany ? 'changed' : 'forgotten'
  // Another process may have recomputed them meanwhile.
  const taken = await sql<{ report_id: number }[]>`
    delete from stale_facts where id = any(${marked.flatMap(({ marks }) => marks)}::bigint[]) returning report_id`
  const ids = [...new Set(taken.map((row) => row.report_id))]
  // The changes behind the marks were committed with them, calendars too, so they are read only now.
  if (ids.length > 0) await writeFigures(tx, { ids }, await compiledCalendars(tx), sums)
  return ids.length
}

/** A transaction that writes figures holds this lock until it ends. */
export async function holdFigures(tx: Sql): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('report_facts'))`
}

/** Changes by which the figures are behind the log, up to a thousand. */
export async function countBehind(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (select from stale_facts limit ${veryMany}) known`
  return row?.count ?? 0
}
