import { z } from 'zod'
import { queuePageInput, queueSchema } from './queue-input.ts'

/** A part of the map, in degrees. */
const boxSchema = z
  .object({
    west: z.number().min(-180).max(180),
    south: z.number().min(-90).max(90),
    east: z.number().min(-180).max(180),
    north: z.number().min(-90).max(90),
  })
  .refine(({ west, south, east, north }) => west < east && south < north, 'range')
export type Box = z.output<typeof boxSchema>

export const mapViewInput = z.object({ queue: queueSchema, box: boxSchema, zoom: z.number().min(0).max(22) })
export const mapListInput = queuePageInput.extend({ box: boxSchema })

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
