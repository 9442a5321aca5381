'use client'

import 'maplibre-gl/dist/maplibre-gl.css'
import { LocateFixed, Minus, Plus } from 'lucide-react'
import * as maplibre from 'maplibre-gl'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '#components/ui/IconButton.tsx'
import type { StatusName } from '#components/ui/status-colors.ts'
import { cityCentre } from './city.ts'
import { type BaseKind, keepStyle } from './keep-style.ts'
import styles from './Map.module.css'
import { MapMark } from './MapMark.tsx'
import { currentScheme, ownStyle } from './map-style.ts'
import { type Numbered, useNumbered, zoomFor } from './use-numbered.ts'
import { round, usePin } from './use-pin.ts'

export type Point = { lon: number; lat: number }

export type MapCanvasProps = {
  point: Point | null
  /** The commune of the point, as far as it is known. */
  areaId?: number | null | undefined
  /** Gives the pin its colour. */
  state: StatusName
  /** The pin can be dragged, moved by arrow keys and set by a click. */
  onMove?: ((point: Point) => void) | undefined
  /** Other reports near it, under their numbers: then the map shows the near surroundings. */
  numbered?: readonly Numbered[] | undefined
  /** Called when the map cannot be drawn; it then renders nothing. */
  onFail: () => void
}

maplibre.setWorkerUrl('/maplibre-gl-worker.mjs')

/** Without streets, a commune and its neighbours give more orientation than a small corner of it. */
const closeUpOf = (base: BaseKind | null) => (base === 'streets' ? 15 : 12.6)
const wholeCity = 10
/** Metres around the pin that are shown where its neighbours are. */
const neighbourhood = 180
/** The map itself. Loaded when a map scrolls into view, because its library weighs more than the page around it. */
export function MapCanvas({ point, areaId = null, state, onMove, numbered, onFail }: MapCanvasProps) {
  const t = useTranslations('report.map')
  const place = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<maplibre.Map | null>(null)
  const [base, setBase] = useState<BaseKind | null>(null)
  const closeUp = closeUpOf(base)
  const latest = useRef({ point, areaId, onMove, onFail })
  useEffect(() => {
    latest.current = { point, areaId, onMove, onFail }
  })

  useEffect(() => {
    if (!place.current) return
    const { point: start, areaId: startArea, onFail: fail } = latest.current
    let made: maplibre.Map
    try {
      made = new maplibre.Map({
        container: place.current,
        style: ownStyle(currentScheme(), startArea, null),
        center: [(start ?? cityCentre).lon, (start ?? cityCentre).lat],
        zoom: start ? closeUpOf(null) : wholeCity,
        minZoom: 8,
        maxZoom: 18,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        cooperativeGestures: false,
        fadeDuration: 0,
      })
    } catch {
      fail()
      return
    }
    made.touchZoomRotate.disableRotation()
    made.scrollZoom.disable()
    made.getCanvas().setAttribute('aria-label', t('label'))
    const forget = keepStyle(made, () => latest.current.areaId, setBase)
    made.on('click', ({ lngLat }) => latest.current.onMove?.({ lon: round(lngLat.lng), lat: round(lngLat.lat) }))
    setMap(made)
    return () => {
      forget()
      made.remove()
      setMap(null)
    }
  }, [t])

  const isNear = numbered !== undefined && numbered.length > 0
  useFollowing(map, { point, areaId, isMovable: onMove !== undefined, isNear, closeUp })
  useNumbered(map, point, numbered)

  usePin(map, point, state, onMove, t(onMove ? 'pinMove' : 'pin'))

  const centre = point ?? cityCentre
  const toPlace = () => map?.easeTo({ center: [centre.lon, centre.lat], zoom: point ? closeUp : wholeCity })
  return (
    <div className={styles.map} data-own-keys>
      <div ref={place} className={styles.canvas} />
      <div className={styles.source}>
        <MapMark base={base} />
      </div>
      <div className={styles.controls}>
        <IconButton label={t('zoomIn')} onClick={() => map?.zoomIn()}>
          <Plus />
        </IconButton>
        <IconButton label={t('zoomOut')} onClick={() => map?.zoomOut()}>
          <Minus />
        </IconButton>
        <IconButton label={t('center')} onClick={toPlace}>
          <LocateFixed />
        </IconButton>
      </div>
    </div>
  )
}

/** The map of one report is reused for the next: creating another would cost more than the whole page around it. */
function useFollowing(
  map: maplibre.Map | null,
  {
    point,
    areaId,
    isMovable,
    isNear,
    closeUp,
  }: { point: Point | null; areaId: number | null; isMovable: boolean; isNear: boolean; closeUp: number },
) {
  const lon = point?.lon
  const lat = point?.lat
  useEffect(() => {
    if (!map || lon === undefined || lat === undefined) return
    // A movable pin stays under the pointer: the map jumps only to one that was set elsewhere, by an address.
    if (isMovable && map.getBounds().contains([lon, lat])) return
    const half = Math.min(map.getContainer().clientWidth, map.getContainer().clientHeight) / 2
    map.jumpTo({ center: [lon, lat], zoom: isNear ? zoomFor(neighbourhood, half, { lon, lat }) : closeUp })
  }, [map, lon, lat, isMovable, isNear, closeUp])
  useEffect(() => {
    if (!map) return
    const colour = () => void (map.getLayer('own') && map.setFilter('own', ['==', ['id'], areaId ?? -1]))
    colour()
    map.once('load', colour)
    return () => void map.off('load', colour)
  }, [map, areaId])
}
