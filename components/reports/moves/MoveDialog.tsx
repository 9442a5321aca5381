'use client'

import { type ComponentProps, useState } from 'react'
import { useReport } from '#components/reports/report/use-report.ts'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { FormValues } from './forms.ts'
import type { DialogName } from './move-names.ts'
import type { Done } from './use-report-action.ts'

export type MoveDialogProps = {
  /** The report by its code: taken from the cache, else queried. */
  code: string
  move: DialogName
  /** Initial values: the canonical report of a merge, say. */
  initial?: FormValues
  /** The names behind ids in the initial values. */
  names?: Record<string, string>
  /** The server's refusal when it was last sent, and the report as it was then. */
  refused?: { conflict: boolean; reason: string; since: ReportView }
  /** Where it stands beside the page instead of over it. */
  side?: HTMLElement | null
  onClose: () => void
  onDone?: Done
  /** Called when the action is undone. */
  onUndo?: (reportId: number) => void
}

/** The frame comes from the panels of the kit, which every page fetches: imported here it would be fetched twice. */
const { Panel } = lazyPanel(async () => {
  const [{ MoveDialogPanel }, { Dialog, DialogActions, DialogContent, DialogTitle }] = await Promise.all([
    import('./MoveDialogPanel.tsx'),
    import('#components/ui/panels.ts'),
  ])
  const frame = { Dialog, DialogActions, DialogContent, DialogTitle }
  return (props: Omit<ComponentProps<typeof MoveDialogPanel>, 'frame'>) => <MoveDialogPanel {...props} frame={frame} />
})

/** The one dialog for every move: opens over the queue and over the page of a report alike. */
export function MoveDialog(props: MoveDialogProps) {
  const { data: report } = useReport(props.code)
  const [instead, setInstead] = useState<DialogName | null>(null)
  if (!report) return null
  const { initial: _, names: __, refused: ___, ...others } = props
  return instead ? (
    <Panel key={instead} {...others} move={instead} report={report} onInstead={setInstead} />
  ) : (
    <Panel {...props} report={report} onInstead={setInstead} />
  )
}
