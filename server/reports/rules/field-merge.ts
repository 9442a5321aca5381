import { canonical, isChange } from '#server/events/rules/changes.ts'

/** The fields of a report that are set one by one; two colleagues who set different ones do not conflict. */
export const reportFields = ['category', 'severity', 'place', 'tags', 'incident', 'assignee'] as const
export type ReportField = (typeof reportFields)[number]

/** The part of a logged change that matters here. */
export type LoggedChange = { event: string; details: Record<string, unknown> }

const detailsOf: Record<ReportField, readonly string[]> = {
  category: ['category'],
  severity: ['severity'],
  place: ['address', 'areaId', 'point'],
  tags: ['tags'],
  incident: ['incidentId'],
  assignee: ['assigneeId'],
}

/** Moves that remove the assignee without naming them. */
const emptyHands = ['report.returned', 'report.transferred', 'report.handed_over', 'report.reopened']

/** The fields that a change has set, whatever else it did. */
export function fieldsSetBy({ event, details }: LoggedChange): ReportField[] {
  return reportFields.filter((field) => {
    if (field === 'assignee' && (emptyHands.includes(event) || typeof details.assigneeId === 'string')) return true
    return detailsOf[field].some((key) => isChange(details[key]) && isOther(details[key]))
  })
}

/** Whether, after the later change, the field still has the value that the first one set. */
export function leavesAsSet(field: ReportField, first: LoggedChange, later: LoggedChange): boolean {
  return detailsOf[field].every(
    (key) => canonical(afterOf(first.details[key])) === canonical(afterOf(later.details[key])),
  )
}

const afterOf = (detail: unknown): unknown => (isChange(detail) ? detail[1] : undefined)

const isOther = ([before, after]: [unknown, unknown]) => JSON.stringify(before) !== JSON.stringify(after)

/**
 * The changes by colleagues, since the user last saw the report, that conflict with what the user wants to set: only
 * those of the same field. All others are no reason for a refusal; whether the new state still allows the change is
 * decided by the rules of the states.
 */
export function standingAgainst<C extends LoggedChange>(field: ReportField, since: readonly C[]): C[] {
  return since.filter((change) => fieldsSetBy(change).includes(field))
}
