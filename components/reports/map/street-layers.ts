import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl'
import { along, label, shield } from './labels.ts'
import type { MapColours } from './map-colours.ts'

const source = 'streets'

/** The layers of OpenMapTiles, as tilemaker writes them into the file of the city. */
export const streetSource = (url: string): SourceSpecification => ({
  type: 'vector',
  url: `pmtiles://${url}`,
})

const roadClasses = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'minor', 'service']
const byClass = (widths: readonly [number, number, number, number, number, number]): ExpressionSpecification => {
  const [motorway, primary, secondary, tertiary, minor, service] = widths
  return [
    'match',
    ['get', 'class'],
    ['motorway', 'trunk'],
    motorway,
    'primary',
    primary,
    'secondary',
    secondary,
    'tertiary',
    tertiary,
    'minor',
    minor,
    service,
  ]
}

/** In pixels by class and zoom; `more` leaves room for a casing. */
function roadWidth(more: number): ExpressionSpecification {
  const wider = (widths: readonly [number, number, number, number, number, number]) =>
    byClass(widths.map((width) => width + more) as [number, number, number, number, number, number])
  return [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    8,
    wider([1, 0.7, 0.4, 0.2, 0, 0]),
    12,
    wider([4, 3.2, 2.4, 1.6, 0.8, 0.4]),
    15,
    wider([10, 9, 8, 7, 4.5, 2.5]),
    18,
    wider([30, 28, 26, 22, 16, 9]),
  ]
}

const isRoad: ExpressionSpecification = ['in', ['get', 'class'], ['literal', roadClasses]]
const onBridge: ExpressionSpecification = ['==', ['get', 'brunnel'], 'bridge']
const order: ExpressionSpecification = byClass([6, 5, 4, 3, 2, 1])
/** Tilemaker writes the name under the first of the two. */
const name: ExpressionSpecification = ['coalesce', ['get', 'name:latin'], ['get', 'name']]

export function streetLayers(colour: MapColours): LayerSpecification[] {
  const round = { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': order } as const
  const butt = { ...round, 'line-cap': 'butt' } as const
  const roads = { type: 'line', source, 'source-layer': 'transportation' } as const
  return [
    {
      id: 'green',
      type: 'fill',
      source,
      'source-layer': 'landcover',
      filter: ['in', ['get', 'class'], ['literal', ['wood', 'grass', 'wetland']]],
      paint: { 'fill-color': colour.green },
    },
    { id: 'parks', type: 'fill', source, 'source-layer': 'park', paint: { 'fill-color': colour.green } },
    {
      id: 'waterways',
      type: 'line',
      source,
      'source-layer': 'waterway',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': colour.water,
        'line-width': [
          'interpolate',
          ['exponential', 1.6],
          ['zoom'],
          8,
          ['match', ['get', 'class'], 'river', 1, 0.3],
          13,
          ['match', ['get', 'class'], 'river', 3, 1.2],
          17,
          ['match', ['get', 'class'], 'river', 14, 6],
        ],
      },
    },
    { id: 'water', type: 'fill', source, 'source-layer': 'water', paint: { 'fill-color': colour.water } },
    {
      id: 'runways',
      type: 'line',
      source,
      'source-layer': 'aeroway',
      filter: ['in', ['get', 'class'], ['literal', ['runway', 'taxiway']]],
      paint: {
        'line-color': colour.casing,
        'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 11, 1.5, 16, 24],
      },
    },
    {
      id: 'buildings',
      type: 'fill',
      source,
      'source-layer': 'building',
      minzoom: 14,
      paint: { 'fill-color': colour.building },
    },
    {
      id: 'paths',
      ...roads,
      filter: ['==', ['get', 'class'], 'path'],
      minzoom: 14,
      paint: {
        'line-color': colour.casing,
        'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 14, 0.8, 18, 4],
        'line-dasharray': [2, 1.5],
      },
    },
    {
      id: 'road-casing',
      ...roads,
      filter: ['all', isRoad, ['!', onBridge]],
      layout: round,
      paint: { 'line-color': colour.casing, 'line-width': roadWidth(1.4) },
    },
    {
      id: 'roads',
      ...roads,
      filter: ['all', isRoad, ['!', onBridge]],
      layout: round,
      paint: { 'line-color': colour.road, 'line-width': roadWidth(0) },
    },
    {
      id: 'railways',
      ...roads,
      filter: ['in', ['get', 'class'], ['literal', ['rail', 'subway', 'light_rail']]],
      minzoom: 10,
      paint: {
        'line-color': colour.rail,
        'line-width': ['interpolate', ['linear'], ['zoom'], 10, 0.6, 16, 2.4],
        'line-dasharray': [5, 2],
      },
    },
    {
      id: 'bridge-casing',
      ...roads,
      filter: ['all', isRoad, onBridge],
      layout: butt,
      paint: { 'line-color': colour.bridge, 'line-width': roadWidth(2) },
    },
    {
      id: 'bridges',
      ...roads,
      filter: ['all', isRoad, onBridge],
      layout: butt,
      paint: { 'line-color': colour.road, 'line-width': roadWidth(0) },
    },
  ]
}

export function streetLabels(isDark: boolean, colour: MapColours): LayerSpecification[] {
  return [
    label(
      {
        id: 'place-names',
        source,
        'source-layer': 'place',
        filter: [
          'in',
          ['get', 'class'],
          ['literal', ['town', 'village', 'suburb', 'quarter', 'neighbourhood', 'hamlet', 'locality']],
        ],
        minzoom: 12.5,
        text: name,
        size: 11,
        ink: colour.smallName,
      },
      colour,
    ),
    label(
      {
        id: 'street-names',
        source,
        'source-layer': 'transportation_name',
        filter: ['in', ['get', 'class'], ['literal', roadClasses]],
        minzoom: 13,
        text: name,
        size: ['interpolate', ['linear'], ['zoom'], 13, 10.5, 17, 13],
        ink: colour.smallName,
        layout: { ...along, 'symbol-spacing': 320, 'symbol-sort-key': ['-', 0, order] },
      },
      colour,
    ),
    label(
      {
        id: 'lake-names',
        source,
        'source-layer': 'water_name',
        filter: ['==', ['geometry-type'], 'Point'],
        minzoom: 11,
        text: name,
        size: ['interpolate', ['linear'], ['zoom'], 11, 11, 16, 14],
        ink: colour.waterName,
        font: 'Desk Italic',
      },
      colour,
    ),
    label(
      {
        id: 'river-names',
        source,
        'source-layer': 'waterway',
        filter: ['==', ['get', 'class'], 'river'],
        minzoom: 10,
        text: name,
        size: ['interpolate', ['linear'], ['zoom'], 10, 11, 15, 14],
        ink: colour.waterName,
        font: 'Desk Italic',
        layout: { ...along, 'text-letter-spacing': 0.06 },
      },
      colour,
    ),
    shield(
      {
        id: 'shields',
        source,
        'source-layer': 'transportation_name',
        filter: ['all', ['has', 'ref'], ['<=', ['get', 'ref_length'], 12]],
        minzoom: 9.6,
        text: ['get', 'ref'],
      },
      isDark,
      colour,
    ),
  ]
}
