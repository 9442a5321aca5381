import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { onlyReads } from '#db/transactions.ts'
import type { Locale } from '#messages/locales.ts'
import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { disclose } from '#server/disclosures/commands/disclose.ts'
import { isReason } from '#server/disclosures/rules/disclosure.ts'
import { handleExport } from '#server/endpoints/export.ts'
import { beginDownload } from '#server/endpoints/refusal.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import { disclosureLimits, exportLimits, stepUpLimits } from '#server/platform/rules/limits.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { type Sheet, withTold } from '#server/platform/rules/sheet.ts'
import { csvOfSheet, csvRowsOf, fileTypes, workbookOf } from '#server/platform/sheets.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { caseAbout, figureTold } from './case-about.ts'
import { caseTable } from './case-sheet.ts'
import { partOfDrillDown, toldOfDrillDown } from './drill-downs.ts'
import {
  type CaseRow,
  caseNames,
  casesForFile,
  chosenCases,
  countCases,
  namedCases,
  readCases,
} from './queries/exported-cases.ts'
import { mostChosen } from './queries/selection.ts'
import { type CaseExport, caseExportPath, isPersonal, mostInWorkbook, parseCaseExport } from './rules/case-export.ts'
import { firstViewFor, type Queue, viewsFor } from './rules/queue.ts'
import { parseQueue, queueAddress } from './rules/queue-address.ts'
import { revealing } from './rules/revealing.ts'

/** The total number of rows, sent as a header, and the number of rows sent, as a trailer. */
const expectedHeader = 'x-rows-expected'
const sentTrailer = 'x-rows-sent'

/**
 * The export of lists of reports: `POST /api/reports/export` with the parameters of the list's address, and
 * `format=csv&columns=code,title` besides. Where reports were chosen in the list, `ids=1,2` exports only those.
 */
export async function handleCaseExports(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  if (url.pathname !== caseExportPath) return false
  return handleExport(req, res, context, 'reports.read', async ({ ctx, form, locale, sessionId }) => {
    const wanted = parseCaseExport(form)
    if (!wanted) throw new DomainError('not_found', { subject: 'export' })
    if (wanted.columns.some(isPersonal)) {
      if (!mayUse(ctx.actor, 'reporters.reveal')) throw new DomainError('forbidden')
      if (!isReason(wanted.reason))
        throw new DomainError('reason_too_short', { shortest: disclosureLimits.reason.shortest })
    }
    const queue = parseQueue(parametersOf(form), firstViewFor(ctx.actor))
    await handOver(res, ctx, { queue, chosen: chosenIn(form), wanted, locale, sessionId })
  })
}

type Taken = {
  queue: Queue
  /** Null: the whole list. */
  chosen: readonly number[] | null
  wanted: CaseExport
  locale: Locale
  sessionId: string
}

const largestId = 2 ** 31 - 1
const choice = z
  .string()
  .transform((ids) => ids.split(',').map(Number))
  .pipe(z.array(z.number().int().positive().max(largestId)).max(mostChosen))

function chosenIn(form: URLSearchParams): readonly number[] | null {
  const ids = form.get('ids')
  if (ids === null) return null
  const read = choice.safeParse(ids)
  if (!read.success) throw new DomainError('bad_input')
  return read.data
}

/** Count and rows come from one snapshot of the database, so that the file has as many rows as the log says. */
async function handOver(res: ServerResponse, ctx: Context, order: Taken): Promise<void> {
  const { queue, chosen, wanted, locale, sessionId } = order
  const { columns, format } = wanted
  const [cases, names] = await Promise.all([
    chosen ? chosenCases(ctx, chosen) : casesForFile(ctx, queue),
    caseNames(ctx),
  ])
  const point = queue.mark === null ? null : toldOfDrillDown(queue.mark, locale, names)
  const plainTableOf = caseTable({ columns, locale, actor: ctx.actor, names })
  // A workbook names the figure in its own tab; a plain table can only do so in each of its rows.
  const told = point === null || format === 'xlsx' ? [] : figureTold(point, locale)
  const tableOf = (rows: readonly CaseRow[]) =>
    withTold(
      plainTableOf(rows),
      told.map(({ label, value }) => ({ label, cell: { value, kind: 'text' } })),
    )
  await ctx.db.transaction(
    async (tx) => {
      await onlyReads(tx)
      // The time limits are those of a slow reader, not of a page: between two parts of the list the transaction is
      // idle.
      await tx.execute(sql.raw(`set local idle_in_transaction_session_timeout = '${exportLimits.longestSeconds}s'`))
      await tx.execute(sql.raw(`set local statement_timeout = '${exportLimits.statementSeconds}s'`))
      const count = await countCases(tx, cases)
      if (format === 'xlsx' && count > mostInWorkbook)
        throw new DomainError('export_too_large', { most: mostInWorkbook })
      if (count > stepUpLimits.rows) await assertConfirmed(ctx, sessionId)
      const shown = columns.some(isPersonal) ? await shownPersons(tx, ctx, cases) : null
      await writeDown(ctx, { queue, wanted, count, isChosen: chosen !== null, shown, sessionId })
      const batches = readCases(tx, { queue, cases, withReporters: shown !== null })
      const head = { name: `reports-${point?.fileName ?? localDayOf(ctx.now())}.${format}`, type: fileTypes[format] }
      if (format === 'xlsx') {
        const by = names.accounts.get(ctx.actor.id ?? '') ?? null
        const part = queue.mark === null ? null : await partOfDrillDown(ctx, queue.mark)
        const told = { queue, views: viewsFor(ctx.actor), names, locale, count, asOf: ctx.now(), by, part, point }
        const workbook = await workbookOf([tableOf(await allOf(batches)), caseAbout(told)])
        beginDownload(res, head)
        res.end(workbook)
        return
      }
      beginDownload(res, { ...head, headers: { [expectedHeader]: count, trailer: sentTrailer } })
      const sent = { rows: 0 }
      await pipeline(Readable.from(csvOf(batches, tableOf, sent), { objectMode: true, highWaterMark: 1 }), res, {
        end: false,
      })
      // If the connection breaks before this line, the browser knows that the file is incomplete.
      res.addTrailers({ [sentTrailer]: String(sent.rows) })
      res.end()
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

async function allOf(batches: AsyncIterable<CaseRow[]>): Promise<CaseRow[]> {
  const rows: CaseRow[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

async function* csvOf(
  batches: AsyncIterable<CaseRow[]>,
  tableOf: (rows: readonly CaseRow[]) => Sheet,
  sent: { rows: number },
): AsyncGenerator<string> {
  yield csvOfSheet(tableOf([]))
  for await (const batch of batches) {
    yield csvRowsOf(tableOf(batch))
    sent.rows += batch.length
  }
}

/** The reports whose reporters are named in the file. */
async function shownPersons(tx: Transaction, { actor }: Context, cases: SQL): Promise<number[]> {
  const mayReveal = revealing(actor)
  const named = await namedCases(tx, cases)
  return named.filter(({ agency_id }) => mayReveal(agency_id)).map(({ id }) => Number(id))
}

type Writing = {
  queue: Queue
  wanted: CaseExport
  count: number
  isChosen: boolean
  /** Null: the file has no columns of personal data. */
  shown: readonly number[] | null
  sessionId: string
}

/**
 * An export is logged before it is sent, on a separate connection: the entry stays even if the connection to the
 * browser breaks.
 */
async function writeDown(ctx: Context, { queue, wanted, count, isChosen, shown, sessionId }: Writing): Promise<void> {
  const { columns, format, reason } = wanted
  await ctx.db.transaction(async (tx) => {
    if (shown) await disclose(tx, ctx, sessionId, { purpose: 'export', reason, reportIds: shown })
    await recordEvent(tx, ctx, {
      event: shown ? 'export.reporters_made' : 'export.list_made',
      subject: { kind: 'export', id: randomUUID() },
      details: {
        format,
        list: queueAddress(queue),
        columns,
        rows: count,
        ...(isChosen && { chosen: true }),
        ...(shown && { reason }),
      },
    })
  })
}
