'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import styles from './PhotoPeek.module.css'

const rest = 250
const size = { width: 240, height: 180 }

/** The first photo of a report while the pointer rests on its count; null where it has none. */
export function PhotoPeek({ code, children }: { code: string | null; children: ReactNode }) {
  const [at, setAt] = useState<DOMRect | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  if (code === null) return children
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
            <FirstPhoto code={code} />
          </span>,
          document.body,
        )}
    </span>
  )
}

const minute = 60_000

/** A row carries only the number of its photos; the report is loaded, which is most likely opened next. */
function FirstPhoto({ code }: { code: string }) {
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.reports.byCode.queryOptions(code), staleTime: minute })
  const first = data?.photos.find(({ kind }) => kind === 'citizen')
  // biome-ignore lint/performance/noImgElement: an image service would need the sign-in
  return first ? <img src={photoAddress(first.fileId, 'thumb')} alt="" /> : null
}
