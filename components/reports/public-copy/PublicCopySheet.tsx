'use client'

import { lazyPanel } from '#components/ui/lazy-panel.ts'

export type PublicCopySheetProps = { report: { id: number; code: string }; onClose: () => void }

/** Its code loads when it is first needed. */
export const { Panel: PublicCopySheet } = lazyPanel<PublicCopySheetProps>(
  () => import('./PublicCopySheetPanel.tsx').then((panel) => panel.PublicCopySheetPanel),
  { onDemand: true },
)
