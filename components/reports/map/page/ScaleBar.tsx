'use client'

import { type Map as MapLibre, ScaleControl } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import styles from './MapScreen.module.css'

/** A round distance as long as it is on the map. */
export function ScaleBar({ map }: { map: MapLibre | null }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!map) return
    const control = new ScaleControl({ maxWidth: 72 })
    place.current?.append(control.onAdd(map))
    return () => control.onRemove()
  }, [map])
  return <div ref={place} className={styles.scale} />
}
