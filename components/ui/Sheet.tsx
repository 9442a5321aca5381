'use client'

import type { ReactNode } from 'react'
import { lazyPanel } from './lazy-panel.ts'

export type SheetProps = {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Stays visible below the scrolling part. */
  footer?: ReactNode
  /** On a wide screen. */
  width?: number
}

const { Panel } = lazyPanel(() => import('./panels.ts').then((panels) => panels.SheetPanel))

/** A panel on the right; on a phone one from below. */
export function Sheet(props: SheetProps) {
  return props.open ? <Panel {...props} /> : null
}
