import { handledStates, type RejectReason, type ReportState } from './lifecycle.ts'

/** What a notice needs of a report of the incident. A merged one has the state of the report it was merged into. */
export type Noticeable = {
  id: number
  state: ReportState
  rejectReason: RejectReason | null
  /** The normalised contacts of its reporter: an equal contact is the same person. */
  contacts: readonly string[]
}

type NoticeRefusalReason = 'not_a_report' | 'already_answered' | 'anonymous' | 'already_reached'

type Reach = {
  /** One report for each person: the notice reaches them by it, and is also valid for their others (`covers`). */
  recipients: { id: number; covers: number[] }[]
  leftOut: { id: number; refusalReason: NoticeRefusalReason }[]
}

/**
 * Whom a notice reaches, in the order of the reports: each person once, whatever they reported and wherever it was
 * merged. `reached`: the contacts of each report by which someone got it before.
 */
export function reachOf(
  reports: readonly Noticeable[],
  { openOnly, reached = [] }: { openOnly: boolean; reached?: readonly (readonly string[])[] },
): Reach {
  const personOf = personsIn([...reached, ...reports.map(({ contacts }) => contacts)])
  const before = new Set(reached.flatMap(([contact]) => (contact === undefined ? [] : [personOf(contact)])))
  const recipients = new Map<string, { id: number; covers: number[] }>()
  const leftOut: Reach['leftOut'] = []
  for (const report of reports) {
    const [contact] = report.contacts
    const person = contact === undefined ? null : personOf(contact)
    const refusalReason = refusalReasonTo(report, openOnly)
    const known = person === null ? undefined : recipients.get(person)
    if (refusalReason !== null) leftOut.push({ id: report.id, refusalReason })
    else if (person === null) leftOut.push({ id: report.id, refusalReason: 'anonymous' })
    else if (before.has(person)) leftOut.push({ id: report.id, refusalReason: 'already_reached' })
    else if (known) known.covers.push(report.id)
    else recipients.set(person, { id: report.id, covers: [] })
  }
  return { recipients: [...recipients.values()], leftOut }
}

function refusalReasonTo({ state, rejectReason }: Noticeable, openOnly: boolean): NoticeRefusalReason | null {
  if (rejectReason === 'spam' || rejectReason === 'test') return 'not_a_report'
  const isSettled = state === 'rejected' || (handledStates as readonly ReportState[]).includes(state)
  return openOnly && isSettled ? 'already_answered' : null
}

/** The person behind a contact: two contacts of one report belong to one person, transitively from report to report. */
function personsIn(reports: readonly (readonly string[])[]): (contact: string) => string {
  const leads = new Map<string, string>()
  const personOf = (contact: string): string => {
    let person = contact
    for (let next = leads.get(person); next !== undefined; next = leads.get(person)) person = next
    return person
  }
  for (const [first, ...others] of reports) {
    for (const other of others) {
      const [one, same] = [personOf(other), personOf(first as string)]
      if (one !== same) leads.set(one, same)
    }
  }
  return personOf
}
