import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accountRoles, accounts, agencies, areas, categories, incidents, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { readSettings } from '#server/platform/settings.ts'
import { lacksValues, wordsFor } from '#server/reports/queries/batch-candidates.ts'
import { factsOf, subjectOf } from '#server/reports/queries/lock.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { colleagueRoles } from '#server/reports/rules/only-assignee.ts'
import type { BulkAction } from '../rules/actions.ts'
import { refusalReasonForAction } from '../rules/judge.ts'

const columns = {
  id: reports.id,
  code: reports.code,
  title: reports.title,
  version: reports.version,
  state: reports.state,
  stateBefore: reports.stateBefore,
  agencyId: reports.agencyId,
  agency: agencies.name,
  assigneeId: reports.assigneeId,
  categoryCode: reports.categoryCode,
  severity: reports.severity,
  incidentId: reports.incidentId,
  incident: incidents.name,
  tags: reports.tags,
  pausedAt: reports.pausedAt,
  receivedAt: reports.receivedAt,
  answeredAt: reports.answeredAt,
  closedAt: reports.closedAt,
  decidedById: reports.decidedById,
  releasedAt: reports.releasedAt,
  address: reports.address,
  area: areas.name,
  needsApproval: categories.needsApproval,
  facts: factsOf,
}

function selectFrom(db: Connection) {
  return db
    .select(columns)
    .from(reports)
    .innerJoin(categories, eq(categories.code, reports.categoryCode))
    .leftJoin(agencies, eq(agencies.id, reports.agencyId))
    .leftJoin(areas, eq(areas.id, reports.areaId))
    .leftJoin(incidents, eq(incidents.id, reports.incidentId))
}
export type ReportBefore = Awaited<ReturnType<typeof selectFrom>>[number]

/**
 * One report before it is changed, locked from here on. Otherwise two concurrent runs of one person, who cannot get a
 * conflict with themselves, would each add to the same labels read before.
 */
export async function reportBefore(db: Connection, reportId: number): Promise<ReportBefore> {
  await db.execute(sql`select from reports where id = ${reportId} for no key update`)
  const [report] = await selectFrom(db).where(eq(reports.id, reportId))
  if (!report) throw new DomainError('not_found')
  return report
}

/** Reports read and judged at a time; in between the process can serve other requests. */
const sliceSize = 250

/** Every chosen report that the actor may see, in the order of the choice, with the refusal reason for the action. */
export async function judgeReports(ctx: Context, reportIds: readonly number[], action: BulkAction) {
  const { db, actor } = ctx
  const [settings, agenciesOfPerson] = await Promise.all([
    readSettings(db),
    action.name === 'assign_person' && action.accountId !== null ? agenciesOf(db, action.accountId) : [],
  ])
  const given = { actor, now: ctx.now(), windows: settings, agenciesOfPerson }
  const judge = (report: ReportBefore) => {
    const subject = subjectOf(report, report.facts, report.needsApproval, settings.soleAccountMayApprove)
    const refusalReason = refusalReasonForAction(action, { subject, before: report }, given) ?? gapIn(action, report)
    return { report, refusalReason }
  }
  const chosen = [...new Set(reportIds)]
  const judged: ReturnType<typeof judge>[] = []
  for (let from = 0; from < chosen.length; from += sliceSize) {
    const ids = chosen.slice(from, from + sliceSize)
    const found = await selectFrom(db).where(
      and(sql`${reports.id} = any(${`{${ids.join(',')}}`}::bigint[])`, visibleTo(actor)),
    )
    const byId = new Map(found.map((report) => [report.id, report]))
    for (const id of ids) {
      const report = byId.get(id)
      if (report) judged.push(judge(report))
    }
  }
  return judged
}
export type Judged = Awaited<ReturnType<typeof judgeReports>>[number]

/** The refusal reason of an answer whose text uses a variable that this report has no value for. */
function gapIn(action: BulkAction, report: ReportBefore): string | null {
  return action.name === 'answer' && lacksValues(wordsFor(report, action)) ? 'unfilled_variables' : null
}

async function agenciesOf(db: Connection, accountId: string): Promise<string[]> {
  const rows = await db
    .select({ id: accountRoles.agencyId })
    .from(accountRoles)
    .innerJoin(accounts, and(eq(accounts.id, accountRoles.accountId), eq(accounts.isActive, true)))
    .where(and(eq(accountRoles.accountId, accountId), inArray(accountRoles.role, colleagueRoles)))
  return rows.map(({ id }) => id)
}
