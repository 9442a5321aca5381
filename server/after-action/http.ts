import type { IncomingMessage, ServerResponse } from 'node:http'
import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import type { Context } from '#server/accounts/context.ts'
import { handleExport } from '#server/endpoints/export.ts'
import { beginDownload } from '#server/endpoints/refusal.ts'
import { recordEvent } from '#server/events/commands.ts'
import { incidentById } from '#server/incidents/queries.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { afterAction } from './queries/after-action.ts'
import { type ExportedReport, exportedReports } from './queries/exported-reports.ts'
import { reportsCsv } from './reports-csv.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const address = new RegExp(`^/api/incidents/(${uuid})/(reports\\.csv|after-action\\.json)$`)

/**
 * The exports of the reports and the figures of an incident: `POST /api/incidents/<id>/reports.csv` and
 * `/after-action.json`.
 */
export async function handleIncidentExports(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  const [, incidentId, file] = address.exec(url.pathname) ?? []
  if (!incidentId || !file) return false
  return handleExport(req, res, context, 'reports.read', async ({ ctx, locale, sessionId }) => {
    await incidentById(ctx.db, incidentId, ctx.now())
    const rows = await exportedReports(ctx, incidentId)
    if (rows.length > stepUpLimits.rows) await assertConfirmed(ctx, sessionId)
    const { body, type } =
      file === 'reports.csv'
        ? { body: reportsCsv(rows, locale), type: 'text/csv' }
        : { body: await jsonOf(ctx, incidentId, rows), type: 'application/json' }
    // What is exported is logged before it is sent.
    await recordEvent(ctx.db, ctx, {
      event: 'incident.exported',
      subject: { kind: 'incident', id: incidentId },
      details: { file, reports: rows.length },
    })
    beginDownload(res, {
      name: file.replace('.', `-${incidentId.slice(0, 8)}.`),
      type: `${type}; charset=utf-8`,
    })
    res.end(body)
  })
}

async function jsonOf(ctx: Context, incidentId: string, reports: readonly ExportedReport[]): Promise<string> {
  return JSON.stringify({ ...(await afterAction(ctx, incidentId)), reports }, null, 2)
}
