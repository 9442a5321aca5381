import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Locale } from '#messages/locales.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { admit, answerRefusal, beginDownload } from '#server/http/refusal.ts'
import { incidentById } from '#server/incidents/queries.ts'
import type { RequestContext } from '#server/trpc/context.ts'
import { afterAction } from './queries/after-action.ts'
import { exportedReports } from './queries/exported-reports.ts'
import { reportsCsv } from './reports-csv.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const address = new RegExp(`^/api/incidents/(${uuid})/(reports\\.csv|after-action\\.json)$`)

/** Where the reports and the figures of an incident are taken away: `GET /api/incidents/<id>/reports.csv` and `/after-action.json`. */
export async function handleIncidentExports(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  const [, incidentId, file] = address.exec(url.pathname) ?? []
  if (!incidentId || !file || req.method !== 'GET') return false
  try {
    const ctx = admit(context, 'reports.read')
    await incidentById(ctx.db, incidentId, ctx.now())
    const locale: Locale = url.searchParams.get('locale') === 'en' ? 'en' : 'vi'
    const { body, type, rows } =
      file === 'reports.csv' ? await csvOf(ctx, incidentId, locale) : await jsonOf(ctx, incidentId)
    // What leaves the building is written down before it leaves.
    await recordEvent(ctx.db, ctx, {
      event: 'incident.exported',
      subject: { kind: 'incident', id: incidentId },
      details: { file, reports: rows },
    })
    beginDownload(res, {
      name: file.replace('.', `-${incidentId.slice(0, 8)}.`),
      type: `${type}; charset=utf-8`,
    })
    res.end(body)
  } catch (error) {
    answerRefusal(res, error, context.requestId)
  }
  return true
}

async function csvOf(ctx: Context, incidentId: string, locale: Locale) {
  const rows = await exportedReports(ctx, incidentId)
  return { body: reportsCsv(rows, locale), type: 'text/csv', rows: rows.length }
}

async function jsonOf(ctx: Context, incidentId: string) {
  const [figures, rows] = await Promise.all([afterAction(ctx, incidentId), exportedReports(ctx, incidentId)])
  return { body: JSON.stringify({ ...figures, reports: rows }, null, 2), type: 'application/json', rows: rows.length }
}
