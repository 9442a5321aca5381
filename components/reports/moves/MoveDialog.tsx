'use client'

import { useReport } from '#components/reports/report/use-report.ts'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { FormValues } from './forms.ts'
import type { DialogName } from './move-names.ts'
import type { Done } from './use-deed.ts'

export type MoveDialogProps = {
  /** The report by its code: taken from what is known already, else asked for. */
  code: string
  move: DialogName
  /** What is filled in beforehand: the canonical report of a merge, say. */
  initial?: FormValues
  /** The words behind ids that are filled in beforehand. */
  names?: Record<string, string>
  /** What the server said to it when it was last sent, and the report as it was then. */
  refused?: { conflict: boolean; reason: string; since: ReportView }
  onClose: () => void
  onDone?: Done
}

const { Panel } = lazyPanel(() => import('./MoveDialogPanel.tsx').then((panel) => panel.MoveDialogPanel))

/** The one dialog for every move: opens over the queue and over the page of a report alike. */
export function MoveDialog(props: MoveDialogProps) {
  const { data: report } = useReport(props.code)
  return report ? <Panel {...props} report={report} /> : null
}
