import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { agencies, areas, categories, incidents, reports } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { capacitiesOf } from '#server/accounts/rules/substitution.ts'
import { categoriesOf, subTypes } from '#server/incidents/rules/sub-types.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { refusalReasonForAnswering } from '../rules/answer-batch.ts'
import type { BatchFilter, BatchWords } from '../rules/batch-schemas.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import { mayMove } from '../rules/policy.ts'
import { type BatchValues, hasGaps, renderForBatch } from '../rules/templates.ts'
import { visibleTo } from './scope.ts'

const columns = {
  id: reports.id,
  code: reports.code,
  title: reports.title,
  state: reports.state,
  version: reports.version,
  pausedAt: reports.pausedAt,
  agencyId: reports.agencyId,
  agency: agencies.name,
  address: reports.address,
  area: areas.name,
  incident: incidents.name,
  receivedAt: reports.receivedAt,
  needsApproval: categories.needsApproval,
}

function selectFrom(db: Connection) {
  return db
    .select(columns)
    .from(reports)
    .innerJoin(categories, eq(categories.code, reports.categoryCode))
    .innerJoin(incidents, eq(incidents.id, reports.incidentId))
    .leftJoin(agencies, eq(agencies.id, reports.agencyId))
    .leftJoin(areas, eq(areas.id, reports.areaId))
}

export type BatchReport = Awaited<ReturnType<typeof selectFrom>>[number]

/** The reports of the incident that the choice covers, in the order of receipt, as far as the actor may see them. */
export async function batchReports(
  db: Connection,
  actor: Actor,
  incidentId: string,
  filter: BatchFilter,
): Promise<BatchReport[]> {
  return selectFrom(db)
    .where(and(eq(reports.incidentId, incidentId), visibleTo(actor), inSubTypes(filter), inAreas(filter)))
    .orderBy(asc(reports.receivedAt), asc(reports.id))
}

/** One report as a batch sees it; the caller has checked access to it. */
export async function batchReport(db: Connection, reportId: number): Promise<BatchReport | undefined> {
  const [report] = await selectFrom(db).where(eq(reports.id, reportId))
  return report
}

export const inAreas = ({ areaIds }: BatchFilter) =>
  areaIds.length === 0 ? undefined : inArray(reports.areaId, areaIds)

export function inSubTypes(filter: BatchFilter) {
  if (filter.subTypes.length === 0) return undefined
  const codes = filter.subTypes.flatMap((subType) => (subType === 'other' ? [] : categoriesOf[subType]))
  const known = subTypes.flatMap((subType) => categoriesOf[subType])
  return or(
    codes.length === 0 ? sql`false` : inArray(reports.categoryCode, codes),
    filter.subTypes.includes('other') ? sql`not ${inArray(reports.categoryCode, known)}` : undefined,
  )
}

/** The fields of a report that its answer may use as variables. */
type Named = Pick<BatchReport, 'code' | 'title' | 'agency' | 'address' | 'area' | 'receivedAt'> & {
  incident: string | null
}

const valuesOf = (report: Named): BatchValues => ({
  code: report.code,
  title: report.title,
  agency: report.agency,
  address: report.address || report.area,
  area: report.area,
  incident: report.incident,
  received: localDayOf(report.receivedAt).split('-').reverse().join('/'),
})

/** The city's notice as this report's reporter will read it. */
export const noticeText = (report: Named, body: string): string => renderForBatch(body, valuesOf(report))

/** The text of the batch as this report's reporter will read it. */
export function wordsFor(report: Named, words: BatchWords): BatchWords {
  const values = valuesOf(report)
  return {
    what: renderForBatch(words.what, values),
    where: renderForBatch(words.where, values),
    when: renderForBatch(words.when, values),
    next: renderForBatch(words.next, values),
  }
}

export const lacksValues = (words: BatchWords): boolean => Object.values(words).some(hasGaps)

/** Why this report gets no answer from the batch; null where it gets one. */
export function refusalReasonFor(actor: Actor, report: BatchReport, words: BatchWords): string | null {
  const move = report.needsApproval ? 'submit_answer' : 'answer'
  const atWork: { state: ReportState; agencyId: string | null } = { state: 'in_progress', agencyId: report.agencyId }
  const refusalReason = refusalReasonForAnswering({ ...report, mayAnswer: mayMove(actor, move, atWork) })
  return refusalReason ?? (lacksValues(wordsFor(report, words)) ? 'unfilled_variables' : null)
}

type Judged = { report: BatchReport; refusalReason: string | null }

/**
 * The capacity that answers most of the reports, preferring the actor's own roles if they reach as far, and its result
 * for each report.
 */
export function judgeReports(actor: Actor, reports: readonly BatchReport[], words: BatchWords) {
  const tried = capacitiesOf(actor).map((capacity) => {
    const judged = reports.map(
      (report): Judged => ({ report, refusalReason: refusalReasonFor(capacity, report, words) }),
    )
    return {
      capacity,
      judged,
      recipients: judged.filter(({ refusalReason }) => refusalReason === null).map(({ report }) => report),
    }
  })
  return tried.reduce((best, one) => (one.recipients.length > best.recipients.length ? one : best))
}
