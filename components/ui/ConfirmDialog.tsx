'use client'

import type { ReactNode } from 'react'
import { lazyPanel } from './lazy-panel.ts'

export type ConfirmDialogProps = {
  open: boolean
  title: string
  /** What will happen, and whether it can be undone. May contain form fields. */
  children: ReactNode
  /** The verb, not "OK". */
  confirmLabel: string
  tone?: 'primary' | 'danger'
  busy?: boolean
  /** Why it cannot be confirmed yet. */
  reason?: string | undefined
  onConfirm: () => void
  onClose: () => void
}

const { Panel } = lazyPanel(() => import('./panels.ts').then((panels) => panels.ConfirmDialogPanel))

/** Confirms something that cannot simply be undone. The dialog's code loads when it is first needed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return props.open ? <Panel {...props} /> : null
}
