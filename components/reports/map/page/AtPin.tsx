'use client'

import type * as maplibre from 'maplibre-gl'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import styles from './PinCard.module.css'

type Props = { map: maplibre.Map | null; at: { lon: number; lat: number } | null; children: ReactNode }

/** Pixels between the place and what stands beside it, and between that and the edges of the map. */
const [clearance, edge] = [26, 8]
/** The middle of a pin is above its place. */
const above = 12

/** Keeps its content beside a place of the map: on its right, or its left where the map ends, or below the map. */
export function AtPin({ map, at, children }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const lon = at?.lon
  const lat = at?.lat
  const put = useRef(() => {})
  useLayoutEffect(() => {
    if (!map || lon === undefined || lat === undefined) return
    put.current = () => {
      const own = box.current
      if (!own) return
      const { clientWidth, clientHeight } = map.getContainer()
      const { x, y } = map.project([lon, lat])
      const [width, height] = [own.offsetWidth, own.offsetHeight]
      const onRight = x + clearance + width + edge <= clientWidth
      const onLeft = x - clearance - width - edge >= 0
      own.dataset.side = onRight ? 'right' : onLeft ? 'left' : 'below'
      const left = onRight ? x + clearance : x - clearance - width
      const top = Math.max(edge, Math.min(y - above - height / 2, clientHeight - height - edge))
      own.style.transform = onRight || onLeft ? `translate(${left}px, ${top}px)` : ''
      own.style.visibility = x < 0 || y < 0 || x > clientWidth || y > clientHeight ? 'hidden' : 'visible'
    }
    const follow = () => put.current()
    follow()
    map.on('move', follow)
    map.on('resize', follow)
    return () => {
      map.off('move', follow)
      map.off('resize', follow)
    }
  }, [map, lon, lat])
  // Another report may be higher or lower on the page.
  useLayoutEffect(() => put.current())
  if (!at) return null
  return (
    <div ref={box} className={styles.place}>
      {children}
    </div>
  )
}
