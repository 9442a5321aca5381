import type { IncomingMessage, ServerResponse } from 'node:http'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { Locale } from '#messages/locales.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { incidentById } from '#server/incidents/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { log } from '#server/platform/log.ts'
import type { RequestContext } from '#server/trpc/context.ts'
import { statusOf } from '#server/trpc/refusals.ts'
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
    if (!context.session) throw new DomainError(context.sessionRefusal ?? 'signed_out')
    const { actor } = context.session
    if (!mayUse(actor, 'reports.read')) throw new DomainError('forbidden')
    const ctx: Context = { ...context, actor }
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
    res.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${file.replace('.', `-${incidentId.slice(0, 8)}.`)}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    res.end(body)
  } catch (error) {
    refuse(res, error, context)
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

function refuse(res: ServerResponse, error: unknown, { requestId }: RequestContext): void {
  if (!(error instanceof DomainError)) log.error({ err: error, requestId }, 'export of an incident failed')
  const { code, details } = error instanceof DomainError ? error : { code: 'defect', details: {} }
  const status =
    error instanceof DomainError ? getHTTPStatusCodeFromError(new TRPCError({ code: statusOf(code) })) : 500
  res
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify({ code, details }))
}
