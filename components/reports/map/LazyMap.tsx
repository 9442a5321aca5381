'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import styles from './Map.module.css'
import type { MapCanvasProps } from './MapCanvas.tsx'

const { Panel: Canvas } = lazyPanel(() => import('./MapCanvas.tsx').then((map) => map.MapCanvas), {
  onDemand: true,
  takesFocus: () => false,
  loading: () => <div className={styles.waiting} aria-hidden="true" />,
})

/** `fills`: as high as the element around it. */
type Props = Omit<MapCanvasProps, 'onFail'> & { fills?: boolean }

/** The map, whose code loads when it scrolls into view. */
export function LazyMap({ fills = false, ...props }: Props) {
  const t = useTranslations('report.map')
  const place = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (!place.current) return
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && setNear(true), { rootMargin: '200px' })
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [])
  return (
    <div ref={place} className={fills ? styles.fills : props.onMove ? styles.tall : styles.window}>
      {failed && <p className={styles.waiting}>{t('failed')}</p>}
      {near && !failed && <Canvas {...props} onFail={() => setFailed(true)} />}
    </div>
  )
}
