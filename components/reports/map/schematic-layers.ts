import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl'
import { riverMetres } from '#server/areas/rules/schematic.ts'
import { along, label, shield } from './labels.ts'
import type { MapColours } from './map-colours.ts'

const source = 'schematic'

export const schematicSource: SourceSpecification = { type: 'geojson', data: '/api/map/schematic.geojson' }

const kind = (name: string): ExpressionSpecification => ['==', ['get', 'kind'], name]

/** At the latitude of the city, where a tile of 512 pixels is the whole world at zoom 0. */
const metresPerPixel = (zoom: number) => 73_070 / 2 ** zoom

/** In pixels by class; where that would be too thin, as wide as given. */
const riverPixels = (zoom: number, least: readonly [number, number, number]): ExpressionSpecification => {
  const [small, middle, large] = ([1, 2, 3] as const).map((of) =>
    Math.max(riverMetres[of] / metresPerPixel(zoom), least[of - 1] ?? 0),
  )
  return ['match', ['get', 'width'], 3, large ?? 0, 2, middle ?? 0, small ?? 0]
}

/** Rivers keep their width on the ground, and small ones remain visible from afar. */
const riverWidth: ExpressionSpecification = [
  'interpolate',
  ['exponential', 2],
  ['zoom'],
  8,
  riverPixels(8, [0.8, 1.6, 3]),
  11,
  riverPixels(11, [1.6, 0, 0]),
  18,
  riverPixels(18, [0, 0, 0]),
]

/** In pixels; `more` leaves room for a casing. */
const roadWidth = (more: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.4],
  ['zoom'],
  8,
  ['match', ['get', 'width'], 3, 1.2 + more, 2, 0.9 + more, 0.5 + more],
  12,
  ['match', ['get', 'width'], 3, 4.5 + more, 2, 3.2 + more, 2.2 + more],
  16,
  ['match', ['get', 'width'], 3, 16 + more, 2, 12 + more, 9 + more],
]

/** Rivers, lakes, bridges and main axes drawn by hand, where no file with the streets is installed. */
export function schematicLayers(colour: MapColours): LayerSpecification[] {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  return [
    {
      id: 'schematic-rivers',
      type: 'line',
      source,
      filter: kind('river'),
      layout: round,
      paint: { 'line-color': colour.water, 'line-width': riverWidth },
    },
    {
      id: 'schematic-lakes',
      type: 'fill',
      source,
      filter: kind('lake'),
      paint: { 'fill-color': colour.water },
    },
    {
      id: 'schematic-road-casing',
      type: 'line',
      source,
      filter: kind('road'),
      layout: round,
      paint: { 'line-color': colour.casing, 'line-width': roadWidth(1.6) },
    },
    {
      id: 'schematic-bridge-casing',
      type: 'line',
      source,
      filter: kind('bridge'),
      paint: { 'line-color': colour.bridge, 'line-width': roadWidth(3) },
    },
    {
      id: 'schematic-roads',
      type: 'line',
      source,
      filter: ['any', kind('road'), kind('bridge')],
      layout: round,
      paint: { 'line-color': colour.road, 'line-width': roadWidth(0) },
    },
  ]
}

export function schematicLabels(isDark: boolean, colour: MapColours): LayerSpecification[] {
  return [
    label(
      {
        id: 'schematic-bridge-names',
        source,
        filter: kind('bridge'),
        minzoom: 11.6,
        text: ['get', 'name'],
        size: 10.5,
        ink: colour.smallName,
        layout: { 'symbol-placement': 'line-center', 'text-rotation-alignment': 'viewport', 'text-offset': [0, -1] },
      },
      colour,
    ),
    label(
      {
        id: 'schematic-lake-names',
        source,
        filter: kind('lake'),
        minzoom: 11,
        text: ['get', 'name'],
        size: ['interpolate', ['linear'], ['zoom'], 11, 11, 15, 14],
        ink: colour.waterName,
        font: 'Desk Italic',
      },
      colour,
    ),
    label(
      {
        id: 'schematic-river-names',
        source,
        filter: kind('river'),
        minzoom: 9.6,
        text: ['get', 'name'],
        size: ['match', ['get', 'width'], 3, 14, 2, 12, 10.5],
        ink: colour.waterName,
        font: 'Desk Italic',
        layout: { ...along, 'text-letter-spacing': 0.06 },
      },
      colour,
    ),
    shield(
      { id: 'schematic-shields', source, filter: ['has', 'ref'], minzoom: 9.6, text: ['get', 'ref'] },
      isDark,
      colour,
    ),
  ]
}
