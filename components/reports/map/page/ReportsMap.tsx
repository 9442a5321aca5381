'use client'

import 'maplibre-gl/dist/maplibre-gl.css'
import { Maximize, Minus, Plus } from 'lucide-react'
import * as maplibre from 'maplibre-gl'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Cluster } from '#server/reports/queries/map.ts'
import type { MapPlace } from '#server/reports/rules/map.ts'
import type { Box } from '#server/reports/rules/map-input.ts'
import { cityCentre } from '../city.ts'
import { type BaseKind, keepStyle } from '../keep-style.ts'
import frame from '../Map.module.css'
import { MapMark } from '../MapMark.tsx'
import { currentScheme, ownStyle } from '../map-style.ts'
import { AtPin } from './AtPin.tsx'
import { addClusterLayers, clusterLayers, type MapWords, showClusters } from './cluster-layers.ts'
import styles from './MapScreen.module.css'
import { Overview } from './Overview.tsx'
import { ScaleBar } from './ScaleBar.tsx'
import type { Selected } from './use-selected.ts'

export type Extent = readonly [number, number, number, number]
export type Sight = { box: Box; zoom: number }

/** Where a ring goes, and whether the pin there has its head above its place. */
type RingPlace = { lon: number; lat: number; isHigh: boolean }

export type ReportsMapProps = {
  clusters: readonly Cluster[]
  /** The position in the address; without it, the map begins with the extent. */
  start: MapPlace | null
  /** The extent to show next: another commune, another list. */
  fit: Extent | null
  /** The place of the report that the list points at. */
  pointed: RingPlace | null
  /** Keeps the card of the selected report beside its pin. */
  selected: RingPlace | null
  card: ReactNode
  onSight: (sight: Sight, place: MapPlace) => void
  onPoint: (code: string | null) => void
  onChoose: (chosen: Selected) => void
  onFail: () => void
}

maplibre.setWorkerUrl('/maplibre-gl-worker.mjs')

const [nearest, farthest] = [18, 8]
const inset = 48

/** The map of the list, loaded after the page around it. Arrow keys move it, + and − zoom. */
export function ReportsMap(props: ReportsMapProps) {
  const { clusters, fit, pointed, selected, card } = props
  const t = useTranslations('map')
  const pins = useTranslations('report.map')
  const words = useMapWords()
  const place = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<maplibre.Map | null>(null)
  const [base, setBase] = useState<BaseKind | null>(null)
  const latest = useRef({ ...props, words })
  useEffect(() => {
    latest.current = { ...props, words }
  })

  useEffect(() => {
    if (!place.current) return
    const { start, fit: first, onFail } = latest.current
    const middle = start ?? cityCentre
    let made: maplibre.Map
    try {
      made = new maplibre.Map({
        container: place.current,
        style: ownStyle(currentScheme(), null, null),
        center: [middle.lon, middle.lat],
        zoom: start?.zoom ?? 10,
        minZoom: farthest,
        maxZoom: nearest,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
      })
    } catch {
      onFail()
      return
    }
    made.touchZoomRotate.disableRotation()
    made.getCanvas().setAttribute('aria-label', t('canvas'))
    if (!start && first) made.fitBounds([...first], { padding: inset, maxZoom: 14, duration: 0 })
    const draw = () => {
      addClusterLayers(made, currentScheme())
      showClusters(made, latest.current.clusters, currentScheme(), latest.current.words)
    }
    made.on('style.load', draw)
    const forget = [keepStyle(made, () => null, setBase), publishSight(made, latest)]
    forget.push(publishPointer(made, latest))
    setMap(made)
    return () => {
      for (const each of forget) each()
      made.remove()
      setMap(null)
    }
  }, [t])

  useEffect(() => {
    if (map?.getSource('clusters')) showClusters(map, clusters, currentScheme(), latest.current.words)
  }, [map, clusters])

  const isFirst = useRef(true)
  useEffect(() => {
    if (!map || !fit) return
    // The first extent is where the map already is.
    if (!isFirst.current) map.fitBounds([...fit], { padding: inset, maxZoom: 15, duration: calm(400) })
    isFirst.current = false
  }, [map, fit])

  useRing(map, pointed)
  useRing(map, selected)
  // Where the map has the focus, it zooms by itself.
  const zoom = (press: KeyboardEvent | undefined, way: 'zoomIn' | 'zoomOut') =>
    press?.target === map?.getCanvas() ? false : void map?.[way]()
  useCommands(
    'map',
    { 'map.zoomIn': (press) => zoom(press, 'zoomIn'), 'map.zoomOut': (press) => zoom(press, 'zoomOut') },
    { active: map !== null },
  )

  return (
    <div className={styles.map}>
      <div ref={place} className={frame.canvas} />
      <div className={frame.controls}>
        <IconButton label={pins('zoomIn')} onClick={() => map?.zoomIn()}>
          <Plus />
        </IconButton>
        <IconButton label={pins('zoomOut')} onClick={() => map?.zoomOut()}>
          <Minus />
        </IconButton>
        <IconButton
          label={t('whole')}
          onClick={() => fit && map?.fitBounds([...fit], { padding: inset, maxZoom: 15, duration: calm(400) })}
        >
          <Maximize />
        </IconButton>
      </div>
      <div className={styles.corner}>
        <Overview map={map} />
        <ScaleBar map={map} />
        <MapMark base={base} />
      </div>
      <AtPin map={map} at={selected}>
        {card}
      </AtPin>
    </div>
  )
}

/** The words on the map itself. */
function useMapWords(): MapWords {
  const format = useFormat()
  const { latenessOf } = useDeadlineWords()
  return { count: format.number, late: (late) => [late.place, latenessOf(late)].filter(Boolean).join(' · ') }
}

type Latest = { readonly current: ReportsMapProps }

/** Users who prefer reduced motion get no animation. */
const calm = (milliseconds: number): number =>
  window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : milliseconds

function publishSight(map: maplibre.Map, latest: Latest): () => void {
  const tell = () => {
    const bounds = map.getBounds()
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
    const { lng, lat } = map.getCenter()
    if (west >= east || south >= north) return
    latest.current.onSight(
      { box: { west, south, east, north }, zoom: map.getZoom() },
      { lon: lng, lat, zoom: map.getZoom() },
    )
  }
  map.on('moveend', tell)
  // The list need not wait for the base map to be drawn.
  tell()
  return () => void map.off('moveend', tell)
}

/** A cluster zooms to its reports, a report is chosen; what is under the pointer is highlighted in the list. */
function publishPointer(map: maplibre.Map, latest: Latest): () => void {
  const under = (point: maplibre.PointLike) =>
    map.getLayer('clusters') ? map.queryRenderedFeatures(point, { layers: [...clusterLayers] })[0] : undefined
  let last: string | null = null
  const move = ({ point }: maplibre.MapMouseEvent) => {
    // A map that is dragged moves with the pointer.
    if (map.dragPan.isActive()) return
    const feature = under(point)
    map.getCanvas().style.cursor = feature ? 'pointer' : ''
    const code = (feature?.properties.code as string | undefined) ?? null
    if (code !== last) latest.current.onPoint(code)
    last = code
  }
  const click = ({ point }: maplibre.MapMouseEvent) => {
    const feature = under(point)
    if (!feature) return
    const { code, extent } = feature.properties as { code?: string; extent?: string }
    if (code) {
      const [lon = 0, lat = 0] = (feature.geometry as GeoJSON.Point).coordinates
      return latest.current.onChoose({ code, lon, lat })
    }
    const [west = 0, south = 0, east = 0, north = 0] = (extent ?? '').split(',').map(Number)
    map.fitBounds([west, south, east, north], { padding: 80, maxZoom: nearest, duration: calm(400) })
  }
  map.on('mousemove', move)
  map.on('click', click)
  return () => {
    map.off('mousemove', move)
    map.off('click', click)
  }
}

/** A ring around the pin of a report. */
function useRing(map: maplibre.Map | null, around: RingPlace | null) {
  const lon = around?.lon
  const lat = around?.lat
  const isHigh = around?.isHigh
  useEffect(() => {
    if (!map || lon === undefined || lat === undefined) return
    const element = document.createElement('div')
    element.className = styles.ring ?? ''
    element.setAttribute('aria-hidden', 'true')
    const marker = new maplibre.Marker({ element, offset: [0, isHigh ? -15 : 0] }).setLngLat([lon, lat]).addTo(map)
    return () => void marker.remove()
  }, [map, lon, lat, isHigh])
}
