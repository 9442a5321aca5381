'use client'

import { lazyPanel } from '#components/ui/lazy-panel.ts'

export type PutOffDialogProps = { code: string; onChoose: (until: Date) => void; onClose: () => void }

/** Its code loads when it is first needed; triage fetches it while idle. */
export const { Panel: PutOffDialog, preload: preloadPutOff } = lazyPanel<PutOffDialogProps>(
  () => import('./PutOffDialogPanel.tsx').then((panel) => panel.PutOffDialogPanel),
  { onDemand: true },
)
