import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Locale } from '#messages/locales.ts'
import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { admit, answerRefusal, beginDownload } from '#server/http/refusal.ts'
import { DomainError } from '#server/platform/errors.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { Sheet } from '#server/platform/rules/sheet.ts'
import { csvOfSheet, csvRowsOf, fileTypes, workbookOf } from '#server/platform/sheets.ts'
import type { RequestContext } from '#server/trpc/context.ts'
import { caseAbout } from './case-about.ts'
import { caseTable } from './case-sheet.ts'
import { type CaseRow, caseNames, casesOf, chosenCases, countCases, readCases } from './queries/exported-cases.ts'
import { mostChosen } from './queries/selection.ts'
import { type CaseExport, caseExportPath, isPersonal, mostInWorkbook, parseCaseExport } from './rules/case-export.ts'
import { firstViewFor, type Queue } from './rules/queue.ts'
import { parseQueue, queueAddress } from './rules/queue-address.ts'

/** Each keeps a connection and a view of the database for as long as its reader takes. */
const mostAtOnce = 3
let underWay = 0

/** A reader who takes nothing for so long has gone. */
const patience = 120_000

/** How many rows there are in all, before the first, and how many were sent, after the last. */
const expectedHeader = 'x-rows-expected'
const sentTrailer = 'x-rows-sent'

/**
 * Where lists of reports are taken away: `GET /api/reports/export?format=csv&columns=code,title` and the address of the list. Of a list in which
 * some were chosen, `POST` takes only those: `{ "ids": [1, 2] }`.
 */
export async function handleCaseExports(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  if (url.pathname !== caseExportPath || (req.method !== 'GET' && req.method !== 'POST')) return false
  try {
    const ctx = admit(context, 'reports.read')
    const wanted = parseCaseExport(url.searchParams)
    if (!wanted) throw new DomainError('not_found', { subject: 'export' })
    if (wanted.columns.some(isPersonal)) {
      if (!mayUse(ctx.actor, 'reporters.reveal')) throw new DomainError('forbidden')
      if (wanted.reason === '') throw new DomainError('export_reason_missing')
    }
    if (underWay >= mostAtOnce) throw new DomainError('export_busy')
    underWay++
    try {
      const queue = parseQueue(parametersOf(url.searchParams), firstViewFor(ctx.actor))
      const locale = url.searchParams.get('locale') === 'en' ? 'en' : 'vi'
      const chosen = req.method === 'POST' ? await chosenIn(req) : null
      await handOver(res, ctx, { queue, chosen, wanted, locale, sessionId: context.session?.id ?? '' })
    } finally {
      underWay--
    }
  } catch (error) {
    answerRefusal(res, error, context.requestId)
  }
  return true
}

/** As a page gets them: what comes once is a text, what comes several times a list. */
function parametersOf(parameters: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]))
}

type Order = {
  queue: Queue
  /** Null: the whole list. */
  chosen: readonly number[] | null
  wanted: CaseExport
  locale: Locale
  sessionId: string
}

const longestChoice = 100_000
const choice = z.object({ ids: z.array(z.number().int().positive()).min(1).max(mostChosen) })

async function chosenIn(req: IncomingMessage): Promise<readonly number[]> {
  let text = ''
  for await (const part of req) {
    text += String(part)
    if (text.length > longestChoice) throw new DomainError('not_found', { subject: 'export' })
  }
  const read = choice.safeParse(JSON.parse(text))
  if (!read.success) throw new DomainError('not_found', { subject: 'export' })
  return read.data.ids
}

/** Count and rows come from one view of the database, so that the file holds as many as the log says. */
async function handOver(res: ServerResponse, ctx: Context, order: Order): Promise<void> {
  const { queue, chosen, wanted, locale, sessionId } = order
  const { columns, format } = wanted
  const [cases, names] = await Promise.all([chosen ? chosenCases(ctx, chosen) : casesOf(ctx, queue), caseNames(ctx)])
  const tableOf = caseTable({ columns, locale, actor: ctx.actor, names })
  await ctx.db.transaction(
    async (tx) => {
      const count = await countCases(tx, cases)
      if (format === 'xlsx' && count > mostInWorkbook)
        throw new DomainError('export_too_large', { most: mostInWorkbook })
      if (count > stepUpLimits.rows) await assertConfirmed(ctx, sessionId)
      await writeDown(ctx, { queue, wanted, count, isChosen: chosen !== null })
      const batches = readCases(tx, { queue, cases, withReporters: columns.some(isPersonal) })
      const head = { name: `reports-${localDayOf(ctx.now())}.${format}`, type: fileTypes[format] }
      if (format === 'xlsx') {
        const by = names.accounts.get(ctx.actor.id ?? '') ?? null
        const about = caseAbout({ queue, names, locale, count, asOf: ctx.now(), by })
        const workbook = await workbookOf([tableOf(await allOf(batches)), about])
        beginDownload(res, head)
        res.end(workbook)
        return
      }
      res.setTimeout(patience, () => res.destroy())
      beginDownload(res, { ...head, headers: { [expectedHeader]: count, trailer: sentTrailer } })
      const sent = { rows: 0 }
      await pipeline(Readable.from(csvOf(batches, tableOf, sent), { objectMode: true, highWaterMark: 1 }), res, {
        end: false,
      })
      // A connection that breaks before this line tells the browser that the file is not whole.
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

/** What leaves the building is written down before it leaves, on a connection of its own: it stays though the line may break. */
async function writeDown(
  ctx: Context,
  { queue, wanted, count, isChosen }: { queue: Queue; wanted: CaseExport; count: number; isChosen: boolean },
): Promise<void> {
  const { columns, format, reason } = wanted
  const takesPersonal = columns.some(isPersonal)
  await recordEvent(ctx.db, ctx, {
    event: takesPersonal ? 'export.reporters_made' : 'export.list_made',
    subject: { kind: 'export', id: randomUUID() },
    details: {
      format,
      list: queueAddress(queue),
      columns,
      rows: count,
      ...(isChosen && { chosen: true }),
      ...(takesPersonal && { reason }),
    },
  })
}
