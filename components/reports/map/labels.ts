import type { ExpressionSpecification, StyleSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import type { MapColours } from './map-colours.ts'

const vietnamese =
  'U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, U+0300-0301, U+0303-0304, U+0308-0309, U+0323, U+0329, U+1EA0-1EF9, U+20AB'

const face = (weight: string) =>
  (['vietnamese', 'latin'] as const).map((alphabet) => ({
    url: `/ban-tin/chu/be-vietnam-pro-${alphabet}-${weight}.woff2`,
    'unicode-range': alphabet === 'vietnamese' ? vietnamese.split(', ') : ['U+0000-00FF', 'U+2000-206F'],
  }))

/** The desk's own fonts, drawn in the browser: no server of glyphs is needed. */
export const fontFaces: StyleSpecification['font-faces'] = {
  'Desk Regular': face('400-normal'),
  'Desk SemiBold': face('600-normal'),
  'Desk Italic': face('400-italic'),
}

export type Label = Omit<SymbolLayerSpecification, 'type' | 'layout' | 'paint'> & {
  text: ExpressionSpecification
  size: ExpressionSpecification | number
  ink: string
  font?: 'Desk Regular' | 'Desk SemiBold' | 'Desk Italic'
  layout?: SymbolLayerSpecification['layout']
}

/** A text with a halo in the colour of the land. */
export function label({ text, size, ink, font = 'Desk Regular', layout, ...layer }: Label, colour: MapColours) {
  return {
    ...layer,
    type: 'symbol',
    layout: { 'text-field': text, 'text-font': [font], 'text-size': size, 'text-max-width': 8, ...layout },
    paint: { 'text-color': ink, 'text-halo-color': colour.halo, 'text-halo-width': 1.4 },
  } satisfies SymbolLayerSpecification
}

/** Along a line, such as the name of a street or a river. */
export const along = { 'symbol-placement': 'line', 'symbol-spacing': 420, 'text-max-angle': 30 } as const

/** The plate behind the number of a road; see shields.ts. */
export function shield(
  layer: Pick<Label, 'id' | 'source' | 'source-layer' | 'filter' | 'minzoom' | 'text'>,
  dark: boolean,
  colour: MapColours,
) {
  return label(
    {
      ...layer,
      size: 10.5,
      ink: colour.name,
      font: 'Desk SemiBold',
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'icon-image': dark ? 'shield-dark' : 'shield-light',
        'icon-text-fit': 'both',
        'icon-text-fit-padding': [2, 4, 2, 4],
        'icon-rotation-alignment': 'viewport',
        'text-rotation-alignment': 'viewport',
        'text-pitch-alignment': 'viewport',
      },
    },
    colour,
  )
}
