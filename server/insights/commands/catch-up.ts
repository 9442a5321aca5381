import { LRUCache } from 'lru-cache'
import type { Database, Sql, Transaction } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { log } from '#server/platform/log.ts'
import { writeFigures } from './write-figures.ts'

/** Reports told in one transaction: a reader who waits for it waits a moment. */
const batch = 200

type CatchingUp = {
  /** Go on with the next batch? Asked after each; by default until nothing is left. */
  goesOn?: (done: number) => boolean
}

/**
 * Tells anew whatever has happened since. Each batch takes its marks and writes the figures in one transaction: killed
 * midway, the marks are still there. One at a time, so that nobody writes older figures over newer ones; what comes in
 * meanwhile leaves a mark of its own. A report that cannot be told is set aside for a while, stays behind, and keeps
 * nobody else waiting. Answers how many were told.
 */
export async function catchUp(db: Database, { goesOn = () => true }: CatchingUp = {}): Promise<number> {
  let done = 0
  for (;;) {
    const marked = await firstMarked(db)
    if (marked.length === 0) return done
    done += await recomputeEach(db, marked)
    if (!goesOn(done)) return done
  }
}

/** A report with its marks, or those of them that were among the first so many. */
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

/** Together where it goes; where not, half by half, until the report is found that cannot be told. */
async function recomputeEach(db: Database, marked: readonly Marked[]): Promise<number> {
  try {
    const told = await db.transaction((tx) => recomputeBatch(tx, marked))
    // What was set aside of these before is taken up next.
    for (const { reportId } of marked) asideIn(db).delete(reportId)
    return told
  } catch (error) {
    if (!isOfReport(error)) throw error
    const [first] = marked
    if (first && marked.length === 1) {
      setAside(db, first)
      log.error({ err: error, reportId: first.reportId }, 'the figures of a report could not be told')
      return 0
    }
    const half = Math.ceil(marked.length / 2)
    return (await recomputeEach(db, marked.slice(0, half))) + (await recomputeEach(db, marked.slice(half)))
  }
}

/** Not of the database, which may be away or busy: what one report brings with it fails again and again. */
function isOfReport(error: unknown): boolean {
  if (error instanceof DomainError) return true
  const { code } = error as { code?: unknown }
  return typeof code !== 'string' || /^(22|23|54)...$/.test(code)
}

/** Tried again so long after it failed, and whenever something more happens to it. */
const setAsideFor = 5 * 60_000
/** By report, the last mark for which it was tried. */
type Aside = LRUCache<number, number>
const asides = new WeakMap<Database, Aside>()

function asideIn(db: Database): Aside {
  const known = asides.get(db) ?? new LRUCache<number, number>({ max: 10_000, ttl: setAsideFor })
  asides.set(db, known)
  return known
}

const setAside = (db: Database, { reportId, marks }: Marked) => asideIn(db).set(reportId, Math.max(...marks))

async function recomputeBatch(tx: Transaction, marked: readonly Marked[]): Promise<number> {
  const sql = clientOf(tx)
  await holdFigures(sql)
  // Another process may have told of them meanwhile.
  const taken = await sql<{ report_id: number }[]>`
    delete from stale_facts where id = any(${marked.flatMap(({ marks }) => marks)}::bigint[]) returning report_id`
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
