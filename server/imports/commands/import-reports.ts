import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
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

/** A row that does not fit, with the line it begins on. A code beyond those of rows is a refusal of intake. */
export type BadRow = {
  line: number
  /** As it was read, or the text that stands there where it could not be read. */
  row: Row | string
  faults: { field: string; code: string; value: string }[]
}

export type ImportCounts = { read: number; received: number; repeated: number; skipped: number }

export type ImportOrder = {
  mapping: Mapping
  /** The name of the file, for the event log. */
  file: string
  table: SourceTable
  /** Takes the rows that do not fit; without it one of them stops the import. */
  onBadRow?: (bad: BadRow) => void
  onProgress?: (counts: ImportCounts) => void
}

const chunkSize = 200
/** So many rows that do not fit are named before the rest is only counted. */
const namedFaults = 20

/**
 * Takes a table of reports in through the intake of every channel, in one transaction: it comes in whole or not at all.
 * What was imported before under the same source and key is left as it is. One import of a source at a time.
 */
export async function importReports(ctx: Context, order: ImportOrder): Promise<ImportCounts> {
  return ctx.db.transaction(async (tx) => {
    await takeTurn(tx, order.mapping.source)
    const run = await ImportRun.begin(tx, ctx, order)
    for await (const chunk of inChunks(order.table.rows)) await run.take(chunk)
    return run.finish()
  })
}

async function takeTurn(tx: Transaction, source: string): Promise<void> {
  const [turn] = await tx.execute<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('import'), hashtext(${source})) as mine`,
  )
  if (!turn?.mine) throw new DomainError('import_running', { source })
}

class ImportRun {
  readonly #tx: Transaction
  readonly #ctx: Context
  readonly #order: ImportOrder
  readonly #desk: IntakeDesk
  readonly #read: ReturnType<typeof rowReader>
  readonly #bad: BadRow[] = []
  readonly #counts: ImportCounts = { read: 0, received: 0, repeated: 0, skipped: 0 }

  private constructor(tx: Transaction, ctx: Context, order: ImportOrder, desk: IntakeDesk) {
    this.#tx = tx
    this.#ctx = ctx
    this.#order = order
    this.#desk = desk
    this.#read = rowReader(order.mapping)
  }

  static async begin(tx: Transaction, ctx: Context, order: ImportOrder): Promise<ImportRun> {
    const desk = { ...(await openIntakeDesk(tx)), nextNumber: numbersInBlocks(ctx.db) }
    return new ImportRun(tx, ctx, order, desk)
  }

  async take(chunk: SourceRow[]): Promise<void> {
    if (this.#counts.read === 0) this.#checkColumns(chunk)
    const fitting = chunk.flatMap((row) => this.#fit(row))
    this.#counts.read += chunk.length
    const fresh = await this.#notYetKnown(fitting)
    this.#counts.repeated += fitting.length - fresh.length
    if (this.#isHopeful()) await this.#receive(fresh, chunk)
    this.#order.onProgress?.({ ...this.#counts })
  }

  async finish(): Promise<ImportCounts> {
    if (!this.#isHopeful()) {
      throw new DomainError('import_refused', { bad: this.#bad.slice(0, namedFaults), count: this.#counts.skipped })
    }
    const { file, mapping } = this.#order
    await recordEvent(this.#tx, this.#ctx, {
      event: 'import.finished',
      subject: { kind: 'import', id: mapping.source },
      details: { file, ...this.#counts },
    })
    return { ...this.#counts }
  }

  /** Once one row has stopped the import the others are only looked at, to name all that is wrong in one go. */
  #isHopeful(): boolean {
    return this.#bad.length === 0
  }

  #fit(found: SourceRow): Intake[] {
    const { line, row } = found
    if (row === null) {
      return this.#setAside({ line, row: found.text, faults: [{ field: '', code: 'unreadable', value: '' }] })
    }
    const { intake, faults } = this.#read(row)
    const fault = intake && this.#faultOfIntake(intake)
    if (intake && !fault) return [intake]
    return this.#setAside({ line, row, faults: fault ? [fault] : faults })
  }

  #setAside(bad: BadRow): [] {
    this.#counts.skipped += 1
    if (this.#order.onBadRow) this.#order.onBadRow(bad)
    else if (this.#bad.length < namedFaults) this.#bad.push(bad)
    return []
  }

  /** Each key once, and only those that no earlier import brought. */
  async #notYetKnown(intakes: Intake[]): Promise<Intake[]> {
    const firsts = new Map<string, Intake>()
    for (const intake of intakes) if (!firsts.has(intake.sourceKey)) firsts.set(intake.sourceKey, intake)
    const known = await keysKnown(this.#tx, this.#order.mapping.source, [...firsts.keys()])
    return [...firsts.values()].filter(({ sourceKey }) => !known.has(sourceKey))
  }

  async #receive(fresh: Intake[], chunk: SourceRow[]): Promise<void> {
    try {
      const received = await takeIn(this.#tx, this.#ctx, this.#desk, fresh)
      this.#counts.received += received.length
      this.#counts.repeated += fresh.length - received.length
    } catch (error) {
      throw new Error(`The import failed between lines ${chunk[0]?.line} and ${chunk.at(-1)?.line}`, { cause: error })
    }
  }

  /** What intake itself would refuse, found before a line is written. */
  #faultOfIntake(intake: Intake): BadRow['faults'][number] | null {
    try {
      checkIntake(this.#desk, intake, this.#ctx.now())
      return null
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const { code } = error
      return code === 'received_in_future'
        ? { field: 'receivedAt', code, value: intake.receivedAt?.toISOString() ?? '' }
        : { field: 'category', code, value: intake.categoryCode ?? '' }
    }
  }

  #checkColumns(chunk: SourceRow[]): void {
    const { mapping, table } = this.#order
    const first = chunk.find(({ row }) => row !== null)?.row
    if (table.kind !== 'csv' || !first) return
    const missing = columnsOf(mapping).filter((column) => !Object.hasOwn(first, column))
    if (missing.length > 0) throw new DomainError('import_columns_missing', { columns: missing.join(', ') })
  }
}

async function* inChunks(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRow[]> {
  let chunk: SourceRow[] = []
  for await (const row of rows) {
    chunk.push(row)
    if (chunk.length < chunkSize) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
