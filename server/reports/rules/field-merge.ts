import { canonical, isChange } from '#server/events/rules/changes.ts'

/** What is set on a report one by one; two colleagues who set different ones do not stand in each other's way. */
export const reportFields = ['category', 'severity', 'place', 'tags', 'incident', 'assignee'] as const
export type ReportField = (typeof reportFields)[number]

/** What the log tells of a change, as far as it matters here. */
export type LoggedChange = { event: string; details: Record<string, unknown> }

const detailsOf: Record<ReportField, readonly string[]> = {
  category: ['category'],
  severity: ['severity'],
  place: ['address', 'areaId', 'point'],
  tags: ['tags'],
  incident: ['incidentId'],
  assignee: ['assigneeId'],
}

/** Moves that take the report out of the hands of whoever had it, without naming him. */
const emptyHands = ['report.returned', 'report.transferred', 'report.handed_over', 'report.reopened']

/** The fields that a change has set, whatever else it did. */
export function fieldsSetBy({ event, details }: LoggedChange): ReportField[] {
  return reportFields.filter((field) => {
    if (field === 'assignee' && (emptyHands.includes(event) || typeof details.assigneeId === 'string')) return true
    return detailsOf[field].some((key) => isChange(details[key]) && isOther(details[key]))
  })
}

/** Whether the field stands after the later change as the first one left it. */
export function leavesAsSet(field: ReportField, first: LoggedChange, later: LoggedChange): boolean {
  return detailsOf[field].every(
    (key) => canonical(afterOf(first.details[key])) === canonical(afterOf(later.details[key])),
  )
}

const afterOf = (detail: unknown): unknown => (isChange(detail) ? detail[1] : undefined)

const isOther = ([before, after]: [unknown, unknown]) => JSON.stringify(before) !== JSON.stringify(after)

/**
 * What colleagues did since a person saw the report that stands against what he wants to set now: only what set the
 * same. All else is no reason to refuse him; whether he still may in the state that they have moved it to, the rules of
 * the states decide.
 */
export function standingAgainst<C extends LoggedChange>(field: ReportField, since: readonly C[]): C[] {
  return since.filter((change) => fieldsSetBy(change).includes(field))
}
