import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import { handleExport } from '#server/endpoints/export.ts'
import { beginDownload } from '#server/endpoints/refusal.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import { parseFilters } from '#server/platform/rules/filters/filters.ts'
import { disclosureLimits } from '#server/platform/rules/limits.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { Sheet } from '#server/platform/rules/sheet.ts'
import { csvOfSheet, fileTypes } from '#server/platform/sheets.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { type LookRow, lookRows } from './queries/looks.ts'
import { disclosuresPath, lookFilters, lookParameters } from './rules/filters.ts'

/**
 * The disclosures as a file: `POST /api/disclosures/export` with the filter of the page. It requires a recent
 * confirmation of identity, regardless of the number of rows.
 */
export async function handleDisclosureExport(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  if (url.pathname !== disclosuresPath) return false
  return handleExport(req, res, context, 'disclosures.read', async ({ ctx, form, locale, sessionId }) => {
    await assertConfirmed(ctx, sessionId)
    const filter = parseFilters(lookFilters, parametersOf(form))
    const most = disclosureLimits.mostInFile
    const rows = await lookRows(ctx, filter, most)
    if (rows.length > most) throw new DomainError('list_too_long', { most })
    await recordEvent(ctx.db, ctx, {
      event: 'export.disclosures_made',
      subject: { kind: 'export', id: randomUUID() },
      details: { format: 'csv', rows: rows.length, ...lookParameters(filter) },
    })
    beginDownload(res, { name: `personal-data-${localDayOf(ctx.now())}.csv`, type: fileTypes.csv })
    res.end(csvOfSheet(sheetOf(rows, locale)))
  })
}

const columns = [
  'at',
  'name',
  'username',
  'agency',
  'onBehalfOf',
  'purpose',
  'reason',
  'searchedPhone',
  'report',
  'reporter',
  'phone',
  'ip',
] as const

function sheetOf(rows: readonly LookRow[], locale: Locale): Sheet {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: 'disclosures' })
  return {
    name: t('title'),
    columns: columns.map((column) => ({ label: t(`file.${column}`), kind: column === 'at' ? 'moment' : 'text' })),
    rows: rows.map(({ at, account, onBehalfOf, purpose, reason, searchedPhone, person, ip }) => [
      at,
      account.name,
      account.username,
      account.agency,
      onBehalfOf,
      t(`purposes.${purpose}`),
      reason,
      searchedPhone,
      person?.code ?? null,
      person?.reporter?.initials ?? null,
      person?.reporter?.phone ?? null,
      ip,
    ]),
  }
}
