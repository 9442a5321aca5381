import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl'
import { colours, type Scheme } from '#components/ui/tokens.ts'

const areasUrl = '/api/map/areas.geojson'

/** The communes as the base map: land and boundaries, nothing that would need a tile server. */
function areaLayers(scheme: Scheme, ownArea: number | null): Pick<StyleSpecification, 'sources' | 'layers'> {
  const colour = colours[scheme]
  return {
    sources: { areas: { type: 'geojson', data: areasUrl } },
    layers: [
      { id: 'land', type: 'fill', source: 'areas', paint: { 'fill-color': colour.paper } },
      {
        id: 'own',
        type: 'fill',
        source: 'areas',
        filter: ['==', ['id'], ownArea ?? -1],
        paint: { 'fill-color': colour['accent-soft'] },
      },
      {
        id: 'boundaries',
        type: 'line',
        source: 'areas',
        paint: {
          'line-color': colour['line-strong'],
          'line-opacity': 0.55,
          'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.5, 14, 1.4],
        },
      },
    ],
  }
}

/** The commune of the report is slightly highlighted. */
export function ownStyle(scheme: Scheme, ownArea: number | null): StyleSpecification {
  const { sources, layers } = areaLayers(scheme, ownArea)
  return {
    version: 8,
    sources,
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colours[scheme]['line-2'] } }, ...layers],
  }
}

/** Hoàn Kiếm lake: the initial centre of a map without a point. */
export const cityCentre = { lon: 105.8525, lat: 21.0287 }

export const currentScheme = (): Scheme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light')

/**
 * The map has its own colours, so it is redrawn when the page changes between light and dark. A tile style configured
 * by the operator replaces ours; if it cannot be loaded, ours stays.
 */
export function keepStyle(map: MapLibre, ownArea: () => number | null): () => void {
  const gone = new AbortController()
  const watch = new MutationObserver(() => map.setStyle(ownStyle(currentScheme(), ownArea())))
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  fetch('/api/map/settings.json', { signal: gone.signal })
    .then((answer) => answer.json() as Promise<{ styleUrl: string | null }>)
    .then(({ styleUrl }) => {
      if (!styleUrl) return
      watch.disconnect()
      map.setStyle(styleUrl)
    })
    .catch(() => undefined)
  return () => {
    gone.abort()
    watch.disconnect()
  }
}
