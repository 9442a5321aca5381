import type * as maplibre from 'maplibre-gl'
import { statusColours } from '#components/ui/status-colors.ts'
import { colours, type Scheme } from '#components/ui/tokens.ts'
import type { Cluster } from '#server/reports/queries/map.ts'

const source = 'clusters'
const mostIcons = 600
/** The layers that react to the pointer. */
export const clusterLayers = ['clusters', 'singles'] as const

/** Adds the reports above the communes; setting a new style removes them. */
export function addClusterLayers(map: maplibre.Map, scheme: Scheme): void {
  if (map.getSource(source)) return
  const colour = colours[scheme]
  map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({
    id: 'singles',
    type: 'circle',
    source,
    filter: ['has', 'code'],
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 5, 15, 8],
      'circle-color': ['get', 'ink'],
      'circle-stroke-color': colour.paper,
      'circle-stroke-width': 2,
    },
  })
  map.addLayer({
    id: 'clusters',
    type: 'symbol',
    source,
    filter: ['!', ['has', 'code']],
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      // The largest are drawn first, as they would cover the small ones.
      'symbol-sort-key': ['*', -1, ['get', 'count']],
    },
  })
}

/** Replaces the clusters; a single report has the colour of its state as everywhere else. */
export function showClusters(
  map: maplibre.Map,
  clusters: readonly Cluster[],
  scheme: Scheme,
  words: (count: number) => string,
) {
  const features = clusters.map(({ lon, lat, count, overdue, extent, report }) => ({
    type: 'Feature' as const,
    properties: report
      ? { code: report.code, ink: colours[scheme][statusColours[report.state].ink] }
      : { count, extent: extent.join(','), icon: iconName(words(count), count, overdue, scheme) },
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  }))
  keepIcons(map, new Set(features.flatMap(({ properties: { icon } }) => icon ?? [])))
  const data = map.getSource(source) as maplibre.GeoJSONSource | undefined
  data?.setData({ type: 'FeatureCollection', features })
}

/** The name of a cluster's icon contains all it shows: the count, how many are overdue, light or dark. */
const iconName = (text: string, count: number, overdue: number, scheme: Scheme): string =>
  ['cluster', scheme, Math.min(4, Math.floor(Math.log10(count))), Math.ceil((overdue / count) * 20), text].join('|')

/**
 * Draws the icons that are needed now: text on a map would otherwise need fonts from a tile server. Old ones are
 * removed.
 */
function keepIcons(map: maplibre.Map, needed: ReadonlySet<string>): void {
  const known = map.listImages().filter((id) => id.startsWith('cluster|'))
  if (known.length > mostIcons) for (const id of known) if (!needed.has(id)) map.removeImage(id)
  for (const id of needed) {
    if (map.hasImage(id)) continue
    const [, scheme, size, late, text] = id.split('|')
    const image = iconOf(scheme === 'dark' ? 'dark' : 'light', Number(size), Number(late) / 20, text ?? '')
    if (image) map.addImage(id, image, { pixelRatio: 2 })
  }
}

/** A disc with the count, and around it a ring whose overdue part is red. */
function iconOf(scheme: Scheme, size: number, late: number, text: string): ImageData | null {
  const colour = colours[scheme]
  const side = 2 * (30 + 7 * size)
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const pen = canvas.getContext('2d')
  if (!pen) return null
  const [middle, ring] = [side / 2, 7]
  const circle = (radius: number, from = 0, to = 1) => {
    pen.beginPath()
    pen.arc(middle, middle, radius, (from - 0.25) * 2 * Math.PI, (to - 0.25) * 2 * Math.PI)
  }
  circle(middle - 1)
  pen.fillStyle = colour.paper
  pen.fill()
  pen.lineWidth = ring
  circle(middle - ring / 2 - 2)
  pen.strokeStyle = colour.accent
  pen.stroke()
  if (late > 0) {
    circle(middle - ring / 2 - 2, 0, late)
    pen.strokeStyle = colour.late
    pen.stroke()
  }
  pen.fillStyle = colour.ink
  pen.font = `600 ${text.length > 5 ? 22 : 25}px ${getComputedStyle(document.body).fontFamily}`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(text, middle, middle + 1)
  return pen.getImageData(0, 0, side, side)
}
