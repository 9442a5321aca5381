'use client'

import 'maplibre-gl/dist/maplibre-gl.css'
import * as maplibre from 'maplibre-gl'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { cityCentre } from '#components/reports/map/city.ts'
import { type BaseKind, keepStyle } from '#components/reports/map/keep-style.ts'
import { MapMark } from '#components/reports/map/MapMark.tsx'
import { currentScheme, ownStyle } from '#components/reports/map/map-style.ts'
import { addPins, pinName } from '#components/reports/map/pin-images.ts'
import { signOf } from '#components/reports/map/pin-signs.ts'
import type { IncidentPoint } from '#server/reports/queries/incident-breakdown.ts'
import { deadlineGroups } from '#server/reports/rules/map.ts'
import styles from './IncidentMap.module.css'

type Props = { points: readonly IncidentPoint[]; onFail: () => void }

maplibre.setWorkerUrl('/maplibre-gl-worker.mjs')

/** The map itself, loaded only where it is shown. A point opens its report. */
export function IncidentMapCanvas({ points, onFail }: Props) {
  const t = useTranslations('incidents.detail')
  const router = useRouter()
  const place = useRef<HTMLDivElement>(null)
  const [base, setBase] = useState<BaseKind | null>(null)
  const latest = useRef({ onFail, router })
  useEffect(() => {
    latest.current = { onFail, router }
  })
  useEffect(() => {
    if (!place.current) return
    let map: maplibre.Map
    try {
      map = new maplibre.Map({
        container: place.current,
        style: ownStyle(currentScheme(), null, null),
        center: [cityCentre.lon, cityCentre.lat],
        zoom: 9,
        minZoom: 8,
        maxZoom: 17,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
      })
    } catch {
      latest.current.onFail()
      return
    }
    map.scrollZoom.disable()
    map.getCanvas().setAttribute('aria-label', t('map'))
    const bounds = boundsOf(points)
    if (bounds) map.fitBounds(bounds, { padding: 28, maxZoom: 13, duration: 0 })
    const draw = () => drawPoints(map, points)
    // The style is replaced when the colours change, and with it all that was added.
    map.on('style.load', draw)
    const forget = keepStyle(map, () => null, setBase)
    map.on('click', 'points', ({ features }) => {
      const code = features?.[0]?.properties.code
      if (code) latest.current.router.push(`/reports/${code}`)
    })
    map.on('mouseenter', 'points', () => {
      map.getCanvas().style.cursor = 'pointer'
    })
    map.on('mouseleave', 'points', () => {
      map.getCanvas().style.cursor = ''
    })
    return () => {
      forget()
      map.remove()
    }
  }, [points, t])
  return (
    <div className={styles.canvas} data-own-keys>
      <div ref={place} className={styles.map} />
      <div className={styles.source}>
        <MapMark base={base} />
      </div>
    </div>
  )
}

/** By deadline, as on the map of all reports. */
function drawPoints(map: maplibre.Map, points: readonly IncidentPoint[]) {
  if (map.getSource('points')) return
  const scheme = currentScheme()
  addPins(map, scheme)
  map.addSource('points', {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: points.map(({ code, group, lon, lat }) => ({
        type: 'Feature',
        properties: {
          code,
          icon: pinName(group, scheme),
          anchor: signOf(group).anchor,
          order: deadlineGroups.indexOf(group),
        },
        geometry: { type: 'Point', coordinates: [lon ?? 0, lat ?? 0] },
      })),
    },
  })
  map.addLayer({
    id: 'points',
    type: 'symbol',
    source: 'points',
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-anchor': ['get', 'anchor'],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 13, 1],
      'icon-allow-overlap': true,
      // The most pressing are drawn last.
      'symbol-sort-key': ['*', -1, ['get', 'order']],
    },
  })
}

function boundsOf(points: readonly IncidentPoint[]): maplibre.LngLatBounds | null {
  if (points.length === 0) return null
  const bounds = new maplibre.LngLatBounds()
  for (const { lon, lat } of points) bounds.extend([lon ?? 0, lat ?? 0])
  return bounds
}
