import type { IncomingMessage, ServerResponse } from 'node:http'
import { createTranslator } from 'next-intl'
import { z } from 'zod'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import { handleExport } from '#server/endpoints/export.ts'
import { beginDownload } from '#server/endpoints/refusal.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { textSheet } from '#server/platform/rules/sheet.ts'
import { csvOfSheet, fileTypes } from '#server/platform/sheets.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { ownRunOf, type RunRow, unwantedRows } from './queries/runs.ts'
import { failuresPath } from './rules/addresses.ts'

/** The reports that a run did not change, as a table: `POST /api/bulk/failures` with `id=…`. */
export async function handleBulkFailures(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  if (url.pathname !== failuresPath) return false
  return handleExport(req, res, context, 'reports.handle', async ({ ctx, form, locale, sessionId }) => {
    const id = z.uuid().safeParse(form.get('id')).data
    if (!id) throw new DomainError('not_found', { subject: 'bulk' })
    await ownRunOf(ctx, id)
    const rows = await unwantedRows(ctx, id)
    if (rows.length > stepUpLimits.rows) await assertConfirmed(ctx, sessionId)
    await recordEvent(ctx.db, ctx, {
      event: 'bulk.failures_taken',
      subject: { kind: 'bulk', id },
      details: { rows: rows.length },
    })
    beginDownload(res, { name: `not-changed-${localDayOf(ctx.now())}.csv`, type: fileTypes.csv })
    res.end(tableOf(rows, locale))
  })
}

function tableOf(rows: readonly RunRow[], locale: Locale): string {
  const messages = messagesOf(locale)
  const t = createTranslator({ locale, messages, namespace: 'bulk' })
  const states = createTranslator({ locale, messages, namespace: 'reports.states' })
  const refusals = createTranslator({ locale, messages, namespace: 'refusals' })
  const reasonOf = ({ refusal, state }: RunRow): string => {
    if (refusal === null) return ''
    if (refusal === 'wrong_state') return t('wrongState', { state: states(state) })
    return refusals.has(refusal as 'defect') ? refusals(refusal as 'defect') : refusals('bulk_row_defect')
  }
  const columns = ['code', 'title', 'state', 'outcome', 'reason'] as const
  return csvOfSheet(
    textSheet(
      t('columns.outcome'),
      columns.map((column) => t(`columns.${column}`)),
      rows.map((row) => [row.code, row.title, states(row.state), t(`outcomes.${row.status}`), reasonOf(row)]),
    ),
  )
}
