import type { Standing } from '#server/calendars/rules/standing.ts'
import type { Box } from './map-input.ts'
import { deadlineKinds } from './queue-filters.ts'

/** What the map tells reports apart by, the most pressing first: their deadline; `none` has none that runs. */
export const deadlineGroups = [...deadlineKinds, 'none'] as const satisfies readonly Standing['kind'][]
export type DeadlineGroup = (typeof deadlineGroups)[number]
/** How many reports there are of each group. */
export type GroupCounts = Readonly<Record<DeadlineGroup, number>>

/** Counts by the place of their group in `deadlineGroups`; of a group that is not among them there are none. */
export function groupCounts(counted: Iterable<readonly [place: number, count: number]>): GroupCounts {
  const counts = Object.fromEntries(deadlineGroups.map((group) => [group, 0])) as Record<DeadlineGroup, number>
  for (const [place, count] of counted) {
    const group = deadlineGroups[place]
    if (group) counts[group] += count
  }
  return counts
}

export const countOf = (counts: GroupCounts): number => deadlineGroups.reduce((sum, group) => sum + counts[group], 0)

/** Characters of an address that fit beside a pin. */
const mostOfAddress = 28

/** The street of an address, or the words that stand for it, as short as a label of the map must be. */
export function shortAddress(address: string): string {
  const first = (address.split(/[,;(]/)[0] ?? '').trim()
  const street = first.replace(/^(?:số(?: nhà)? )?\d+[\p{L}]?(?:[/-]\d+[\p{L}]?)*\s+/iu, '') || first
  if (street.length <= mostOfAddress) return street
  return `${street.slice(0, mostOfAddress + 1).replace(/\s+\S*$/u, '')}…`
}

/** The size of a cluster cell in screen pixels; the world is 512 pixels wide at zoom 0. */
const cellPixels = 64
const worldPixels = 512
/** A request for more area in more detail than fits a screen gets larger cells. */
const mostCells = 2400
/** The length of a degree of longitude relative to a degree of latitude, at the latitude of Hanoi. */
const squeeze = Math.cos((21 * Math.PI) / 180)
/** The extra area on each side, as a share of the visible part, so that a map being panned has something to show. */
const margin = 0.25

export type Grid = { lon: number; lat: number; box: Box }

/**
 * The cells whose reports form one cluster: of the same size on every screen, and in fixed places however the map is
 * panned, so that nothing jumps. The box is extended to whole cells.
 */
export function gridOf(box: Box, zoom: number): Grid {
  const [width, height] = [box.east - box.west, box.north - box.south]
  let lon = (360 / worldPixels / 2 ** Math.round(zoom)) * cellPixels
  while ((width / lon) * (height / (lon * squeeze)) > mostCells) lon *= 2
  const lat = lon * squeeze
  const snapped = (at: number, cell: number, way: 'floor' | 'ceil') => Math[way](at / cell) * cell
  return {
    lon,
    lat,
    box: {
      west: snapped(box.west - margin * width, lon, 'floor'),
      south: snapped(box.south - margin * height, lat, 'floor'),
      east: snapped(box.east + margin * width, lon, 'ceil'),
      north: snapped(box.north + margin * height, lat, 'ceil'),
    },
  }
}

/** The position of the map: its centre and zoom. */
export type MapPlace = { lon: number; lat: number; zoom: number }

/** Reads `105.8525,21.0287,12.5`; null where it is not a place. */
export function parsePlace(text: string | null | undefined): MapPlace | null {
  const [lon = Number.NaN, lat = Number.NaN, zoom = Number.NaN] = (text ?? '').split(',').map(Number)
  const isPlace = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22
  return isPlace ? { lon, lat, zoom } : null
}

export const formatPlace = ({ lon, lat, zoom }: MapPlace): string =>
  `${lon.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`
