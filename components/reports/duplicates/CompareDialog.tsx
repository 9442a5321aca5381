'use client'

import { lazyPanel } from '#components/ui/lazy-panel.ts'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import type { ReportView } from '#server/reports/queries/report.ts'

export type CompareProps = { report: ReportView; other: LikelyDuplicate; onClose: () => void }

const { Panel } = lazyPanel(() => import('./ComparePanel.tsx').then((panel) => panel.ComparePanel), { onDemand: true })

/** Two reports side by side, to decide whether they are about one matter. Its code loads when it is first opened. */
export function CompareDialog(props: CompareProps) {
  return <Panel {...props} />
}
