import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Connection, Database } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import { onlyReads, readerName } from '#db/transactions.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { catchUp } from '../commands/catch-up.ts'
import { asRecorded } from '../rules/as-recorded.ts'
import { type BoardFilters, issuedAtOf } from '../rules/filters.ts'
import { knownWithin } from '../rules/known.ts'
import { versionsOf } from '../rules/versions.ts'
import { moment } from './frames.ts'
import { readHistories, timeIn } from './histories.ts'
import { type Retold, retoldRows } from './relations.ts'
import { run } from './run.ts'

type Asked = Pick<BoardFilters, 'asked'>

/** Where figures are read, and the reports that were not known as they are now. */
type Known = { db: Database; retold: Retold | null }

/**
 * Reads figures as they are asked for. Those as issued are read in one snapshot: what is entered meanwhile is neither
 * in the stored rows nor among what is replayed.
 */
export async function readAsAsked<Figures>(
  db: Database,
  asked: Asked,
  read: (known: Known) => Promise<Figures>,
): Promise<Figures> {
  const issuedAt = issuedAtOf(asked)
  if (!issuedAt) return read({ db, retold: null })
  await assertPast(db, issuedAt)
  return db.transaction(
    async (tx) => {
      await onlyReads(tx)
      // A transaction has no client of its own, which readers of figures do not use.
      return read({ db: tx as unknown as Database, retold: await retoldAt(tx, issuedAt) })
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** The same for what is read by one statement. */
export async function retoldFor(db: Database, asked: Asked): Promise<Retold | null> {
  const issuedAt = issuedAtOf(asked)
  if (!issuedAt) return null
  await assertPast(db, issuedAt)
  return retoldAt(db, issuedAt)
}

/**
 * An event is recorded at the beginning of its transaction: what began by a moment and is still open may yet add to
 * what was known then. Transactions that only read are named so, and not waited for. (The server shows the transactions
 * of the desk's own role.)
 */
async function isPast(db: Connection, at: Date): Promise<boolean> {
  const until = sql`(${moment(at)} + ${sql.raw(`interval '${knownWithin} milliseconds'`)})`
  const [row] = await run<{ isPast: boolean; isComing: boolean }>(
    db,
    sql`select clock_timestamp() > ${until} and not exists (
        select from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
          and pid <> pg_backend_pid() and xact_start <= ${until}
          and application_name not in (${dumpName}, ${readerName})) as "isPast",
        ${moment(at)} > clock_timestamp() + ${soon} as "isComing"`,
  )
  if (row?.isComing) throw new DomainError('figures_in_future', { at: at.toISOString() })
  return row?.isPast === true
}

async function assertPast(db: Connection, at: Date): Promise<void> {
  if (!(await isPast(db, at))) throw new DomainError('figures_not_past', { at: at.toISOString() })
}

const dumpName = 'pg_dump'
/** By how much clocks may differ: what is later is no moment of now. */
const soon = sql`interval '1 minute'`

/** How long the issue of a report waits for what is still being written, and how often it looks. */
const issueMillis = { patience: 30_000, between: 100 }

/**
 * The moment, by the clock of the database, as of which a report is issued now. Returns once all is written that was
 * begun by then, and the figures have caught up with it.
 */
export async function momentOfIssue(db: Database): Promise<Date> {
  const [clock] = await run<{ at: Date }>(db, sql`select clock_timestamp()::timestamptz(3) as at`)
  if (!clock) throw new Error('the database has no clock')
  const until = performance.now() + issueMillis.patience
  const goesOn = () => performance.now() < until
  while (!(await isPast(db, clock.at))) {
    if (!goesOn()) throw new DomainError('figures_not_past', { at: clock.at.toISOString() })
    await setTimeout(issueMillis.between)
  }
  await catchUp(db, { goesOn })
  return clock.at
}

/** Longer after an act than anything is taken back, also where a run in bulk waited for its turn. */
const longestUndo = sql`interval '30 days'`

/** So many reports are replayed for one question: some seconds. */
const mostRetold = 2_000

/**
 * What the log tells otherwise now than it did at a moment: reports it learned of only since (by the indexes on
 * `known_at`), and reports of which something of before was entered after it (`events_late`) or something done before
 * was taken back after it (`events_undoing`). Only the latter are replayed.
 */
async function retoldAt(db: Connection, at: Date): Promise<Retold | null> {
  const then = moment(at)
  const found = await run<{ id: number | null }>(
    db,
    sql`with told as (
        select report_id from events where recorded_at > at and report_id is not null
          and tstzrange(least(at, recorded_at), recorded_at) @> ${then}
        union
        select undoing.report_id from events undoing
        where undoing.at > ${then} and undoing.at <= ${then} + ${longestUndo} and undoing.report_id is not null
          and (undoing.details ? 'undoes' or undoing.event = 'report.answer_withdrawn')
          and exists (select from events act where act.report_id = undoing.report_id and act.at <= ${then}
            and act.version = coalesce((undoing.details ->> 'undoes')::int, act.version)))
      (select report_id as id from told
        where not exists (select from report_facts f where f.report_id = told.report_id and f.known_at > ${then})
        order by 1 limit ${mostRetold + 1})
      union all
      (select null from report_facts where known_at > ${then} and received_at <= ${then} limit 1)`,
  )
  if (found.length === 0) return null
  const ids = found.flatMap(({ id }) => id ?? [])
  if (ids.length > mostRetold)
    throw new DomainError('figures_retold_too_many', { at: at.toISOString(), most: mostRetold })
  const timeOf = timeIn(await compiledCalendars(db))
  const histories = ids.length === 0 ? [] : await readHistories(clientOf(db), { ids })
  const versions = histories.flatMap((report) => {
    const known = asRecorded(report, at, timeOf)
    return known ? versionsOf(known, timeOf) : []
  })
  return { at, ids, rows: retoldRows(versions), part: 'all' }
}
