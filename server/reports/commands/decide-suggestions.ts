import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { log } from '#server/platform/log.ts'
import { actMade } from '../queries/act-made.ts'
import { activityBefore } from '../rules/kept.ts'
import type { ChangeInput, DecideSuggestions } from '../rules/schemas.ts'
import { decideSuggestion } from '../suggestions.ts'
import { linkIncident } from './change-report.ts'
import { changeReport, type Moved } from './move-report.ts'

export type Decided = { reportId: number; moved: Moved | null; refusal: string | null }

/** Links reports to the incident, each separately and with its own event: a refusal for one stops no other. */
export function confirmSuggestions(ctx: Context, { incidentId, reports }: DecideSuggestions): Promise<Decided[]> {
  return eachByItself(reports, (report) => linkIncident(ctx, { ...report, incidentId }))
}

/** The reports do not belong to the incident: they leave the list of suggestions. */
export function dismissSuggestions(ctx: Context, { incidentId, reports }: DecideSuggestions): Promise<Decided[]> {
  return eachByItself(reports, (report) =>
    changeReport(ctx, 'link_incident', 'report.suggestion_dismissed', report, async ({ tx }) => {
      const isKnown = await decideSuggestion(tx, ctx, report.reportId, incidentId, 'dismissed', 'pending')
      if (!isKnown) throw new DomainError('not_found')
      return { details: { incidentId } }
    }),
  )
}

/** Undoes a recent dismissal: the report is suggested again. */
export function reviveSuggestions(ctx: Context, { incidentId, reports }: DecideSuggestions): Promise<Decided[]> {
  return eachByItself(reports, (report) =>
    changeReport(ctx, 'link_incident', 'report.suggestion_revived', report, async ({ tx, report: row }) => {
      if (row.incidentId === incidentId) throw new DomainError('incident_linked')
      const isKnown = await decideSuggestion(tx, ctx, report.reportId, incidentId, 'pending', 'dismissed')
      if (!isKnown) throw new DomainError('not_found')
      const { kept } = await actMade(tx, row.id, ['report.suggestion_dismissed'])
      return { details: { incidentId }, activity: activityBefore(row, kept) }
    }),
  )
}

/**
 * What has been done stays done and is returned, whatever fails later: even a defect is the result of one report only.
 */
export async function eachByItself(
  reports: readonly ChangeInput[],
  decide: (report: ChangeInput) => Promise<Moved>,
): Promise<Decided[]> {
  const decided: Decided[] = []
  for (const report of reports) {
    try {
      decided.push({ reportId: report.reportId, moved: await decide(report), refusal: null })
    } catch (error) {
      const isRefused = error instanceof DomainError
      if (!isRefused) log.error({ err: error, reportId: report.reportId }, 'a report among several was not decided')
      decided.push({ reportId: report.reportId, moved: null, refusal: isRefused ? error.code : 'defect' })
    }
  }
  return decided
}
