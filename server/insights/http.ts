import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Locale } from '#messages/locales.ts'
import type { Context } from '#server/accounts/context.ts'
import { handleExport } from '#server/endpoints/export.ts'
import { beginDownload } from '#server/endpoints/refusal.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { fileTypes } from '#server/platform/sheets.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { readBoard } from './queries/board.ts'
import { caseMixInTime, readCaseMix } from './queries/case-mix.ts'
import { explainChange } from './queries/explain.ts'
import { readStorm } from './queries/storm.ts'
import { type BoardExport, figuresPath, fileEndings, parseBoardExport } from './rules/board-export.ts'
import { momentInFileName } from './rules/file-name.ts'
import { boardParameters } from './rules/filters.ts'
import { ownFirst } from './rules/own-agency.ts'
import { stormFilters } from './rules/storm.ts'
import { parseStormExport } from './rules/storm-export.ts'
import { boardFile } from './sheets/board-file.ts'
import { boardSheets } from './sheets/board-sheets.ts'
import { stormSheets } from './sheets/storm-sheets.ts'

/**
 * The export endpoint of the figures: `POST /api/insights/export` with `format=xlsx&card=flow` and the filters of the
 * board, or `format=xlsx&storm=…` for the page of a storm.
 */
export async function handleBoardExports(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  if (url.pathname !== figuresPath) return false
  return handleExport(req, res, context, 'insights.read', async ({ ctx, form, locale }) => {
    const { sheets, asOf, card, format, filters, name } = await readTaken(ctx, form, locale)
    const body = await boardFile(sheets, format, locale)
    // What is exported is logged before it is sent.
    await recordEvent(ctx.db, ctx, {
      event: 'export.figures_made',
      subject: { kind: 'export', id: randomUUID() },
      details: {
        card,
        format,
        filters: boardParameters(filters).toString(),
        asOf: asOf.toISOString(),
        rows: sheets.tables.reduce((sum, { rows }) => sum + rows.length, 0),
      },
    })
    const moment = momentInFileName(filters, asOf)
    const ending = fileEndings[format]
    beginDownload(res, { name: `${card ?? name}-${moment}.${ending}`, type: fileTypes[ending] })
    res.end(body)
  })
}

async function readTaken(ctx: Context, parameters: URLSearchParams, locale: Locale) {
  if (parameters.has('storm')) {
    const wanted = parseStormExport(parameters)
    if (!wanted) throw new DomainError('not_found', { subject: 'export' })
    const storm = await readStorm(ctx, wanted.storm, shownAt(ctx, wanted))
    const sheets = stormSheets(storm, wanted.card, locale)
    return { ...wanted, sheets, asOf: storm.asOf, filters: stormFilters(storm), name: 'storm' }
  }
  const asked = parseBoardExport(parameters)
  if (!asked) throw new DomainError('not_found', { subject: 'export' })
  const wanted = { ...asked, filters: ownFirst(ctx.actor, asked.filters) }
  return { ...wanted, ...(await readSheets(ctx, wanted, locale)), name: 'board' }
}

/** The moment of the screen, but never one in the future: nothing is known of that. */
function shownAt(ctx: Context, { asOf }: { asOf: Date | null }): Date {
  const now = ctx.now()
  return asOf && asOf < now ? asOf : now
}

async function readSheets(ctx: Context, wanted: BoardExport, locale: Locale) {
  const { card, filters, explaining } = wanted
  const at = shownAt(ctx, wanted)
  const board = await readBoard(ctx, filters, at)
  const isExplained = (card === null || card === 'explain') && board.header.compared !== null
  const explain = isExplained ? await explainChange(ctx, { filters, asOf: at, ...explaining }) : null
  const caseMix = await readMix(ctx, card, { filters, asOf: at })
  return { sheets: boardSheets(board, card, { explain, caseMix, locale }), asOf: board.header.asOf }
}

/** Only the file of this card fails where it cannot be computed in time; the whole board comes without it. */
function readMix(ctx: Context, card: BoardExport['card'], asked: Parameters<typeof readCaseMix>[1]) {
  if (card === 'caseMix') return readCaseMix(ctx, asked)
  return card === null ? caseMixInTime(ctx, asked) : null
}
