import type * as maplibre from 'maplibre-gl'
import { colours, type Scheme } from '#components/ui/tokens.ts'
import type { Cluster, MapReport } from '#server/reports/queries/map.ts'
import { countOf, deadlineGroups } from '#server/reports/rules/map.ts'
import { addPins, drawn, pinName, pixelRatio } from '../pin-images.ts'
import { ringParts, ringShares, signOf } from '../pin-signs.ts'

const source = 'clusters'
const mostIcons = 600
/** The layers that react to the pointer. */
export const clusterLayers = ['clusters', 'singles'] as const

/** The words on the map, in the language of the page. */
export type MapWords = {
  count: (count: number) => string
  /** Beside an overdue report: "Lò Đúc · quá 2 giờ". */
  late: (late: NonNullable<MapReport['late']>) => string
}

/** Adds the reports above the communes; setting a new style removes them. */
export function addClusterLayers(map: maplibre.Map, scheme: Scheme): void {
  if (map.getSource(source)) return
  const colour = colours[scheme]
  addPins(map, scheme)
  map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  // Below the others: layers are placed from the top down, and labels take the space that pins and clusters leave.
  map.addLayer({
    id: 'labels',
    type: 'symbol',
    source,
    filter: ['has', 'label'],
    layout: {
      'text-field': ['get', 'label'],
      'text-font': ['Desk SemiBold'],
      'text-size': 12,
      'text-max-width': 100,
      'text-justify': 'auto',
      'text-padding': 2,
      // Beside the head of the drop, which is above the place, and clear of the space that the drop takes.
      'text-variable-anchor-offset': ['left', [1.4, -1.5], 'right', [-1.4, -1.5], 'top', [0, 0.6]],
      // Of two that have no space the one that is later for longer stays.
      'symbol-sort-key': ['*', -1, ['get', 'lateness']],
    },
    paint: {
      'text-color': colour[signOf('overdue').ink],
      'text-halo-color': colour.paper,
      'text-halo-width': 1.6,
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
      'symbol-z-order': 'source',
    },
  })
  map.addLayer({
    id: 'singles',
    type: 'symbol',
    source,
    filter: ['has', 'code'],
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-anchor': ['get', 'anchor'],
      'icon-allow-overlap': true,
      'symbol-z-order': 'source',
    },
  })
}

/**
 * Replaces the clusters; a single report has the sign of its deadline. They are drawn in their order here: with a sort
 * key of the layer each of them would be drawn by itself, in every frame.
 */
export function showClusters(map: maplibre.Map, clusters: readonly Cluster[], scheme: Scheme, words: MapWords) {
  const features = clusters.toSorted(fromBehind).map((cluster) => ({
    type: 'Feature' as const,
    properties: cluster.report
      ? pinProperties(cluster.report, scheme, words)
      : clusterProperties(cluster, scheme, words),
    geometry: { type: 'Point' as const, coordinates: [cluster.lon, cluster.lat] },
  }))
  keepIcons(map, new Set(features.map(({ properties: { icon } }) => icon)))
  const data = map.getSource(source) as maplibre.GeoJSONSource | undefined
  data?.setData({ type: 'FeatureCollection', features })
}

/** The largest first, as they would cover the small ones; of single reports the most pressing last. */
const fromBehind = (one: Cluster, other: Cluster): number =>
  countOf(other.counts) - countOf(one.counts) || pressing(other) - pressing(one)

const pressing = ({ report }: Cluster): number => (report ? deadlineGroups.indexOf(report.group) : 0)

function pinProperties({ code, group, late }: MapReport, scheme: Scheme, words: MapWords) {
  const label = late && { label: words.late(late), lateness: late.minutes / late.minutesPerDay }
  return { code, icon: pinName(group, scheme), anchor: signOf(group).anchor, ...label }
}

function clusterProperties({ counts, extent }: Cluster, scheme: Scheme, words: MapWords) {
  const count = countOf(counts)
  const size = Math.min(4, Math.floor(Math.log10(count)))
  // The name contains all that the icon shows.
  const icon = ['cluster', scheme, size, ringShares(counts).join('-'), words.count(count)].join('|')
  return { extent: extent.join(','), icon }
}

/**
 * Draws the icons that are needed now: they are as many as clusters differ in count, size and ring. Old ones are
 * removed.
 */
function keepIcons(map: maplibre.Map, needed: ReadonlySet<string>): void {
  const known = map.listImages().filter((id) => id.startsWith('cluster|'))
  if (known.length > mostIcons) for (const id of known) if (!needed.has(id)) map.removeImage(id)
  for (const id of needed) {
    if (map.hasImage(id)) continue
    const [kind, scheme, size, shares = '', text = ''] = id.split('|')
    if (kind !== 'cluster') continue
    const image = clusterIcon(scheme === 'dark' ? 'dark' : 'light', Number(size), shares.split('-').map(Number), text)
    if (image) map.addImage(id, image, { pixelRatio })
  }
}

const gap = 0.012

/** A disc with the count, and around it a ring divided by deadline. */
function clusterIcon(scheme: Scheme, size: number, shares: readonly number[], text: string): ImageData | null {
  const colour = colours[scheme]
  const side = 34 + 7 * size
  const [middle, radius] = [side / 2, side / 2 - 4]
  return drawn(side, side, (pen) => {
    const circle = (of: number, from = 0, to = 1) => {
      pen.beginPath()
      pen.arc(middle, middle, of, (from - 0.25) * 2 * Math.PI, (to - 0.25) * 2 * Math.PI)
    }
    circle(middle - 0.5)
    pen.fillStyle = colour.paper
    pen.fill()
    let from = 0
    for (const [at, group] of deadlineGroups.entries()) {
      const share = (shares[at] ?? 0) / ringParts
      if (share === 0) continue
      const { ink, ring } = signOf(group)
      const stroke = (style: string, thick: number) => {
        pen.strokeStyle = style
        pen.lineWidth = thick
        pen.setLineDash(ring.look === 'dashed' ? [3, 2] : [])
        if (share === 1) circle(radius)
        else circle(radius, from + gap, from + share - gap)
        pen.stroke()
      }
      stroke(colour[ink], ring.width)
      if (ring.look === 'double') stroke(colour.paper, ring.width / 3)
      from += share
    }
    pen.fillStyle = colour.ink
    pen.font = `600 ${text.length > 5 ? 11 : 12.5}px ${getComputedStyle(document.body).fontFamily}`
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.fillText(text, middle, middle + 0.5)
  })
}
