'use client'

import { useReport } from '#components/reports/report/use-report.ts'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import type { Moved } from './calls.ts'
import type { FormValues } from './forms.ts'
import type { DeedName, DialogName } from './move-names.ts'

export type MoveDialogProps = {
  /** The report by its code: taken from what is known already, else asked for. */
  code: string
  move: DialogName
  /** What is filled in beforehand: the canonical report of a merge, say. */
  initial?: FormValues
  /** The words behind ids that are filled in beforehand. */
  names?: Record<string, string>
  onClose: () => void
  onDone?: (name: DeedName, moved: Moved) => void
}

const { Panel, preload } = lazyPanel(() => import('./MoveDialogPanel.tsx').then((panel) => panel.MoveDialogPanel))

/** Fetches the dialogs' code before one is asked for: when the page is idle, or a key is about to be pressed. */
export const preloadMoveDialog = preload

/** The one dialog for every move: opens over the queue and over the page of a report alike. */
export function MoveDialog(props: MoveDialogProps) {
  const { data: report } = useReport(props.code)
  return report ? <Panel {...props} report={report} /> : null
}
