'use client'

import dynamic from 'next/dynamic'
import { useReport } from '#components/reports/report/use-report.ts'
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

const Panel = dynamic(() => import('./MoveDialogPanel.tsx').then((panel) => panel.MoveDialogPanel), { ssr: false })

/** Fetches the dialogs' code before one is asked for: when the page is idle, or a key is about to be pressed. */
export const preloadMoveDialog = () => void import('./MoveDialogPanel.tsx')

/** The one dialog for every move: opens over the queue and over the page of a report alike. */
export function MoveDialog(props: MoveDialogProps) {
  const { data: report } = useReport(props.code)
  return report ? <Panel {...props} report={report} /> : null
}
