import * as maplibre from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import { type StatusName, statusInk } from '#components/ui/status-colors.ts'
import styles from './Map.module.css'
import type { Point } from './MapCanvas.tsx'

/** Degrees. A press of an arrow key moves the pin by about ten metres, with Shift by a hundred. */
const step = 0.0001

/** The pin of a map. A movable pin can be dragged, focused with Tab and moved by the arrow keys. */
export function usePin(
  map: maplibre.Map | null,
  point: Point | null,
  state: StatusName,
  onMove: ((point: Point) => void) | undefined,
  label: string,
) {
  const pin = useRef<maplibre.Marker | null>(null)
  const latest = useRef({ onMove, point })
  useEffect(() => {
    latest.current = { onMove, point }
  })
  const movable = onMove !== undefined
  const exists = point !== null

  useEffect(() => {
    if (!map || !exists) return
    const element = pinElement(state, label)
    const marker = new maplibre.Marker({ element, anchor: 'bottom', draggable: movable })
    const tell = ({ lng, lat }: { lng: number; lat: number }) =>
      latest.current.onMove?.({ lon: round(lng), lat: round(lat) })
    marker.on('dragend', () => tell(marker.getLngLat()))
    if (movable) {
      element.tabIndex = 0
      element.addEventListener('keydown', (press) => {
        const far = press.shiftKey ? 10 * step : step
        const [east, north] = arrows[press.key] ?? [0, 0]
        if (east === 0 && north === 0) return
        press.preventDefault()
        press.stopPropagation()
        const { lng, lat } = marker.getLngLat()
        tell({ lng: lng + east * far, lat: lat + north * far })
      })
    }
    const { lon, lat } = latest.current.point ?? { lon: 0, lat: 0 }
    marker.setLngLat([lon, lat]).addTo(map)
    pin.current = marker
    return () => {
      marker.remove()
      pin.current = null
    }
  }, [map, exists, state, movable, label])

  const lon = point?.lon
  const lat = point?.lat
  useEffect(() => {
    if (map && lon !== undefined && lat !== undefined) pin.current?.setLngLat([lon, lat])
  }, [map, lon, lat])
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

export const round = (degrees: number) => Math.round(degrees * 100_000) / 100_000

/** A drop with a white rim, so that it is visible on any background. */
function pinElement(state: StatusName, label: string): HTMLElement {
  const element = document.createElement('div')
  element.className = styles.pin ?? ''
  element.style.color = statusInk(state)
  element.setAttribute('role', 'img')
  element.setAttribute('aria-label', label)
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 28 36')
  svg.setAttribute('width', '28')
  svg.setAttribute('height', '36')
  const drop = document.createElementNS(svg.namespaceURI, 'path')
  drop.setAttribute('d', 'M14 35C9 27 2 21.5 2 13.6 2 7 7.4 2 14 2s12 5 12 11.6C26 21.5 19 27 14 35Z')
  drop.setAttribute('class', styles.drop ?? '')
  const eye = document.createElementNS(svg.namespaceURI, 'circle')
  eye.setAttribute('cx', '14')
  eye.setAttribute('cy', '13.5')
  eye.setAttribute('r', '4.5')
  eye.setAttribute('class', styles.eye ?? '')
  svg.append(drop, eye)
  element.append(svg)
  return element
}
