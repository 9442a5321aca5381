'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import styles from './PhotoPeek.module.css'

const rest = 250
const size = { width: 240, height: 180 }

/** The first photo while the pointer rests on its count. */
export function PhotoPeek({ fileId, children }: { fileId: string | null; children: ReactNode }) {
  const [at, setAt] = useState<DOMRect | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  if (fileId === null) return children
  const show = (event: React.PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'touch') return
    const element = event.currentTarget
    timer.current = setTimeout(() => setAt(element.getBoundingClientRect()), rest)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setAt(null)
  }
  return (
    <span onPointerEnter={show} onPointerLeave={hide}>
      {children}
      {at &&
        createPortal(
          <span
            className={styles.peek}
            style={{
              left: Math.min(at.left, window.innerWidth - size.width - 8),
              top: at.bottom + size.height + 12 > window.innerHeight ? at.top - size.height - 6 : at.bottom + 6,
            }}
          >
            {/* biome-ignore lint/performance/noImgElement: an image service would need the sign-in */}
            <img src={photoAddress(fileId, 'thumb')} alt="" />
          </span>,
          document.body,
        )}
    </span>
  )
}
