import type { Database, Sql, Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { numbersInBlocks } from '#server/reports/commands/number-reports.ts'
import { checkIntake, type IntakeDesk, openIntakeDesk, takeIn } from '#server/reports/commands/receive-report.ts'
import { keysKnown } from '#server/reports/queries/known-keys.ts'
import type { Intake } from '#server/reports/rules/schemas.ts'
import type { SourceRow, SourceTable } from '../reading.ts'
import { columnsOf, type Mapping } from '../rules/mapping.ts'
import { type Row, rowReader } from '../rules/row.ts'

/** An invalid row, with the line it begins on. A fault code other than those of rows is a refusal of intake. */
export type BadRow = {
  line: number
  /** As it was read, or the text of the line if it could not be read. */
  row: Row | string
  faults: { field: string; code: string; value: string }[]
}

export type ImportCounts = { read: number; received: number; repeated: number; skipped: number }

export type ImportOrder = {
  mapping: Mapping
  /** The name of the file, for the event log. */
  file: string
  table: SourceTable
  /** Receives the invalid rows; without it one of them stops the import. */
  onBadRow?: (bad: BadRow) => void
  /** `share`: the progress of the whole import, from 0 to 1. */
  onProgress?: (rows: number, share: number) => void
}

/** The number of rows that are committed together. */
const partSize = 200
/** The number of invalid rows that are named; the rest is only counted. */
const namedFaults = 20

/**
 * Imports a table of reports through the intake of every channel. The whole table is validated first: if it is invalid,
 * nothing is imported. Then it is imported part by part, each committed at once like any other report, so that readers
 * of lists, the sealing of the log and edits of calendars never meet an event older than its commit. An
 * interrupted import continues where it was when it is started again: reports with the same source and key are left
 * unchanged. One import of a source at a time.
 */
export async function importReports(ctx: Context, order: ImportOrder): Promise<ImportCounts> {
  return inTurn(ctx.db, order.mapping.source, async () => {
    const counts = await takeAll(ctx, order, await lookThrough(ctx, order))
    await recordEvent(ctx.db, ctx, {
      event: 'import.finished',
      subject: { kind: 'import', id: order.mapping.source },
      details: { file: order.file, ...counts },
    })
    return counts
  })
}

/**
 * Holds the lock of a source on a separate connection: it is released with the connection, even if the process dies.
 */
async function inTurn<Result>(db: Database, source: string, work: () => Promise<Result>): Promise<Result> {
  const connection = await (db as Database & { $client: Sql }).$client.reserve()
  const turn = connection`hashtext('import'), hashtext(${source})`
  try {
    const [taken] = await connection<{ mine: boolean }[]>`select pg_try_advisory_lock(${turn}) as mine`
    if (!taken?.mine) throw new DomainError('import_running', { source })
    try {
      return await work()
    } finally {
      await connection`select pg_advisory_unlock(${turn})`.catch(() => undefined)
    }
  } finally {
    connection.release()
  }
}

/** Validates the table before anything is written; returns the lines that are set aside. */
async function lookThrough(ctx: Context, order: ImportOrder): Promise<ReadonlySet<number>> {
  const desk = await openIntakeDesk(ctx.db)
  const sieve = sieveOf(ctx, order)
  const aside = new Set<number>()
  const named: BadRow[] = []
  let read = 0
  for await (const part of inParts(order.table.rows())) {
    if (read === 0) checkColumns(order, part)
    for (const bad of sieve(desk, part).bad) {
      aside.add(bad.line)
      if (order.onBadRow) order.onBadRow(bad)
      else if (named.length < namedFaults) named.push(bad)
    }
    read += part.length
    order.onProgress?.(read, order.table.progress() / 2)
  }
  if (named.length > 0) throw new DomainError('import_refused', { bad: named, count: aside.size })
  return aside
}

async function takeAll(ctx: Context, order: ImportOrder, aside: ReadonlySet<number>): Promise<ImportCounts> {
  const sieve = sieveOf(ctx, order)
  const nextNumber = numbersInBlocks(ctx.db)
  const counts: ImportCounts = { read: 0, received: 0, repeated: 0, skipped: 0 }
  for await (const part of inParts(order.table.rows())) {
    const { fitting, bad, received } = await ctx.db
      .transaction(async (tx) => {
        const desk = { ...(await openIntakeDesk(tx)), nextNumber }
        const { fitting, bad } = sieve(desk, part)
        // Valid a moment ago: a category may have been retired since.
        const late = bad.filter(({ line }) => !aside.has(line))
        if (late.length > 0 && !order.onBadRow) {
          const blamed = { bad: late.slice(0, namedFaults), count: late.length }
          throw new DomainError('import_stopped', { ...blamed, received: counts.received })
        }
        const fresh = await notYetKnown(tx, order, fitting)
        return { fitting, bad: late, received: await takeIn(tx, ctx, desk, fresh) }
      })
      .catch((error: unknown) => {
        throw error instanceof DomainError ? error : brokenOff(part, error)
      })
    for (const each of bad) order.onBadRow?.(each)
    counts.read += part.length
    counts.received += received.length
    counts.repeated += fitting.length - received.length
    counts.skipped += part.length - fitting.length
    order.onProgress?.(counts.read, (1 + order.table.progress()) / 2)
  }
  return counts
}

function brokenOff(part: readonly SourceRow[], cause: unknown): Error {
  const lines = `between lines ${part[0]?.line} and ${part.at(-1)?.line}`
  return new Error(`The import broke off ${lines}. What came in before stays; imported again, it goes on from there`, {
    cause,
  })
}

type Sieved = { fitting: Intake[]; bad: BadRow[] }

/** Separates valid rows from invalid ones, including those that intake itself would refuse. */
function sieveOf(ctx: Context, { mapping }: ImportOrder): (desk: IntakeDesk, part: readonly SourceRow[]) => Sieved {
  const read = rowReader(mapping)
  return (desk, part) => {
    const sieved: Sieved = { fitting: [], bad: [] }
    for (const found of part) {
      const { line, row } = found
      if (row === null) {
        sieved.bad.push({ line, row: found.text, faults: [{ field: '', code: 'unreadable', value: '' }] })
        continue
      }
      const { intake, faults } = read(row)
      const fault = intake && faultOfIntake(desk, intake, ctx.now())
      if (intake && !fault) sieved.fitting.push(intake)
      else sieved.bad.push({ line, row, faults: fault ? [fault] : faults })
    }
    return sieved
  }
}

/** What intake itself would refuse, found before a row is written. */
function faultOfIntake(desk: IntakeDesk, intake: Intake, now: Date): BadRow['faults'][number] | null {
  try {
    checkIntake(desk, intake, now)
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { code } = error
    return code === 'received_in_future'
      ? { field: 'receivedAt', code, value: intake.receivedAt?.toISOString() ?? '' }
      : { field: 'category', code, value: intake.categoryCode ?? '' }
  }
}

/** Each key once, and only those that no earlier part or import contained. */
async function notYetKnown(tx: Transaction, { mapping }: ImportOrder, intakes: readonly Intake[]): Promise<Intake[]> {
  const firsts = new Map<string, Intake>()
  for (const intake of intakes) if (!firsts.has(intake.sourceKey)) firsts.set(intake.sourceKey, intake)
  const known = await keysKnown(tx, mapping.source, [...firsts.keys()])
  return [...firsts.values()].filter(({ sourceKey }) => !known.has(sourceKey))
}

function checkColumns({ mapping, table }: ImportOrder, part: readonly SourceRow[]): void {
  const first = part.find(({ row }) => row !== null)?.row
  if (table.kind !== 'csv' || !first) return
  const missing = columnsOf(mapping).filter((column) => !Object.hasOwn(first, column))
  if (missing.length > 0) throw new DomainError('import_columns_missing', { columns: missing.join(', ') })
}

async function* inParts(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRow[]> {
  let part: SourceRow[] = []
  for await (const row of rows) {
    part.push(row)
    if (part.length < partSize) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}
