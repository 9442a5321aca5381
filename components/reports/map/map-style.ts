import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Scheme } from '#components/ui/tokens.ts'
import { fontFaces, label } from './labels.ts'
import { type MapColours, mapColours } from './map-colours.ts'
import { schematicLabels, schematicLayers, schematicSource } from './schematic-layers.ts'
import { streetLabels, streetLayers, streetSource } from './street-layers.ts'

/**
 * What the map is drawn over: the streets of the file that the operator installed, or our own drawing of rivers and
 * main axes. Until that is known only the communes are drawn, which both have.
 */
export type Base = { kind: 'streets'; url: string } | { kind: 'schematic' } | null

/**
 * Fill and line of so many corners are the most expensive part of a frame: corners nearer than a pixel to the line
 * between others are left out.
 */
const areas = { type: 'geojson', data: '/api/map/areas.geojson', tolerance: 1 } as const
export const areaNames = { type: 'geojson', data: '/api/map/area-names.geojson' } as const

/** The commune of the report is slightly highlighted. */
export function ownStyle(scheme: Scheme, ownArea: number | null, base: Base): StyleSpecification {
  const colour = mapColours(scheme)
  const isDark = scheme === 'dark'
  return {
    version: 8,
    'font-faces': fontFaces,
    sources: {
      areas,
      'area-names': areaNames,
      ...(base?.kind === 'streets' && { streets: streetSource(base.url) }),
      ...(base?.kind === 'schematic' && { schematic: schematicSource }),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour.beyond } },
      {
        id: 'land',
        type: 'fill',
        source: 'areas',
        // A smooth edge would be one more line around each commune, below that of its boundary.
        paint: { 'fill-color': colour.land, 'fill-antialias': false },
      },
      {
        id: 'own',
        type: 'fill',
        source: 'areas',
        filter: ['==', ['id'], ownArea ?? -1],
        paint: { 'fill-color': colour.own },
      },
      ...(base?.kind === 'streets' ? streetLayers(colour) : []),
      ...(base?.kind === 'schematic' ? schematicLayers(colour) : []),
      boundaries(colour),
      ...(base?.kind === 'streets' ? streetLabels(isDark, colour) : []),
      ...(base?.kind === 'schematic' ? schematicLabels(isDark, colour) : []),
      areaLabels(scheme),
    ],
  }
}

const boundaries = (colour: MapColours): LayerSpecification => ({
  id: 'boundaries',
  type: 'line',
  source: 'areas',
  paint: {
    'line-color': colour.boundary,
    'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.5, 14, 1.2],
    'line-dasharray': [1, 2.5],
  },
})

/** The names of the communes, which the styles of other operators do not have. */
export function areaLabels(scheme: Scheme): LayerSpecification {
  const colour = mapColours(scheme)
  return label(
    {
      id: 'area-names',
      source: 'area-names',
      minzoom: 10.2,
      text: ['get', 'name'],
      size: ['interpolate', ['linear'], ['zoom'], 10, 10.5, 14, 13],
      ink: colour.name,
      layout: { 'text-padding': 6 },
    },
    colour,
  )
}

export const currentScheme = (): Scheme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light')
