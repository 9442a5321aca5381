import * as maplibre from 'maplibre-gl'
import { useEffect } from 'react'
import styles from './Map.module.css'
import type { Point } from './MapCanvas.tsx'

/** Another report near the pin, under its number. */
export type Numbered = { point: Point; label: string; isChosen: boolean }

/** Metres. The circle around the pin within which a duplicate is looked for first. */
const circle = 150
const corners = 48
const source = 'around'

/** The zoom at which so many metres around the centre fit into so many pixels. */
export const zoomFor = (metres: number, pixels: number, { lat }: Point): number =>
  Math.log2((78_271.5 * Math.cos((lat * Math.PI) / 180) * pixels) / metres)

/** Other reports under their numbers, and a circle around the pin. */
export function useNumbered(map: maplibre.Map | null, point: Point | null, numbered: readonly Numbered[] | undefined) {
  useEffect(() => {
    if (!map || !numbered) return
    const markers = numbered.map(({ point: { lon, lat }, label, isChosen }) => {
      const element = document.createElement('div')
      element.className = styles.number ?? ''
      element.textContent = label
      element.toggleAttribute('data-chosen', isChosen)
      return new maplibre.Marker({ element }).setLngLat([lon, lat]).addTo(map)
    })
    return () => {
      for (const marker of markers) marker.remove()
    }
  }, [map, numbered])

  const lon = point?.lon
  const lat = point?.lat
  const isAny = numbered !== undefined && numbered.length > 0
  useEffect(() => {
    if (!map || lon === undefined || lat === undefined || !isAny) return
    const draw = () => {
      if (!map.isStyleLoaded() || map.getSource(source)) return
      map.addSource(source, { type: 'geojson', data: circleAround({ lon, lat }) })
      const color = getComputedStyle(map.getContainer()).getPropertyValue('--accent').trim()
      map.addLayer({
        id: source,
        type: 'line',
        source,
        paint: { 'line-color': color, 'line-width': 1.2, 'line-dasharray': [2, 2] },
      })
    }
    // The style is replaced when the colours change, and with it all that was added.
    draw()
    map.on('styledata', draw)
    map.on('idle', draw)
    return () => {
      map.off('styledata', draw)
      map.off('idle', draw)
      // The map may be gone already, with all that was on it.
      if (!map.style) return
      if (map.getLayer(source)) map.removeLayer(source)
      if (map.getSource(source)) map.removeSource(source)
    }
  }, [map, lon, lat, isAny])
}

function circleAround({ lon, lat }: Point): GeoJSON.Feature {
  const [east, north] = [circle / (111_320 * Math.cos((lat * Math.PI) / 180)), circle / 110_900]
  const ring = Array.from({ length: corners + 1 }, (_, at) => {
    const angle = (2 * Math.PI * at) / corners
    return [lon + east * Math.cos(angle), lat + north * Math.sin(angle)]
  })
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: ring } }
}
