import type { WaitingAccept, WaitingExtension } from '#components/reports/outbox/outbox.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { FormValues } from './forms.ts'
import type { ReportActionName } from './move-names.ts'

/** The actions that wait for a connection and are sent as soon as there is one. */
const waits = ['accept', 'request_extension'] as const satisfies readonly ReportActionName[]
type Waits = (typeof waits)[number]

export const mayWait = (name: ReportActionName): name is Waits => (waits as readonly string[]).includes(name)

/** The action as it waits, on the version of the report that it was done on. */
export function waitFor(
  name: Waits,
  { id: reportId, code, version, deadline }: Pick<ReportView, 'id' | 'code' | 'version' | 'deadline'>,
  { id, minutes, reason }: FormValues,
  accountId: string,
): WaitingAccept | WaitingExtension {
  const own = { accountId, reportId, code, version, writtenAt: Date.now(), isLate: !navigator.onLine, refusal: null }
  if (name === 'accept') return { ...own, kind: name, id: `accept-${reportId}` }
  const asked = { minutes: Number(minutes), minutesPerDay: deadline.minutesPerDay, reason: String(reason) }
  return { ...own, ...asked, kind: name, id: String(id) }
}
