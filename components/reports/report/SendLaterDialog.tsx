'use client'

import { lazyPanel } from '#components/ui/lazy-panel.ts'

export type SendLaterDialogProps = {
  reportId: number
  title: string
  confirmLabel: string
  /** The present time, where it is changed. */
  value?: Date | null
  onChoose: (sendAt: Date) => void
  onClose: () => void
}

/** Its code loads when it is first needed. */
export const { Panel: SendLaterDialog } = lazyPanel<SendLaterDialogProps>(
  () => import('./SendLaterDialogPanel.tsx').then((panel) => panel.SendLaterDialogPanel),
  { onDemand: true },
)
