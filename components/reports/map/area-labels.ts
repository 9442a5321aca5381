import * as maplibre from 'maplibre-gl'
import styles from './Map.module.css'

type Place = { name: string; lon: number; lat: number }

const asSoonAs = 11.2

/** Names of communes as elements over the map: text on the map itself would need fonts from a tile server. */
export function labelAreas(map: maplibre.Map, most = 14): () => void {
  const gone = new AbortController()
  let places: Place[] = []
  let shown: maplibre.Marker[] = []

  const draw = () => {
    for (const marker of shown) marker.remove()
    shown = []
    if (map.getZoom() < asSoonAs) return
    const view = map.getBounds()
    const inSight = places.filter(({ lon, lat }) => view.contains([lon, lat]))
    if (inSight.length > most) return
    shown = inSight.map(({ name, lon, lat }) => {
      const element = document.createElement('div')
      element.className = styles.area ?? ''
      element.textContent = name
      element.setAttribute('aria-hidden', 'true')
      return new maplibre.Marker({ element }).setLngLat([lon, lat]).addTo(map)
    })
  }

  fetch('/api/map/areas.geojson', { signal: gone.signal })
    .then((answer) => answer.json() as Promise<{ features: { properties: Feature }[] }>)
    .then(({ features }) => {
      places = features.map(({ properties }) => ({
        name: properties.name,
        lon: properties.labelLon,
        lat: properties.labelLat,
      }))
      draw()
    })
    .catch(() => undefined)
  map.on('moveend', draw)
  return () => {
    gone.abort()
    map.off('moveend', draw)
    for (const marker of shown) marker.remove()
  }
}

type Feature = { name: string; labelLon: number; labelLat: number }
