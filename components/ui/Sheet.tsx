'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'

export type SheetProps = {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Stays in sight below the scrolling part. */
  footer?: ReactNode
  /** On a wide screen. */
  width?: number
}

const Panel = dynamic(() => import('./SheetPanel.tsx').then((panel) => panel.SheetPanel), { ssr: false })

/** A drawer on the right; on a phone a sheet from below. */
export function Sheet(props: SheetProps) {
  return props.open ? <Panel {...props} /> : null
}
