import type { Map as MapLibre } from 'maplibre-gl'
import type { Scheme } from '#components/ui/tokens.ts'
import { mapColours } from './map-colours.ts'

const [side, corner] = [40, 8]

/** Draws the plate of road numbers when the map first needs it; it stretches with the number. */
export function drawShields(map: MapLibre): void {
  map.setMissingStyleImageResolver((id) => {
    const scheme = id === 'shield-dark' ? 'dark' : id === 'shield-light' ? 'light' : null
    const image = scheme && plate(scheme)
    if (!image) return
    const middle: [number, number][] = [[corner, side - corner]]
    map.addImage(id, image, {
      pixelRatio: 2,
      stretchX: middle,
      stretchY: middle,
      content: [corner / 2, corner / 2, side - corner / 2, side - corner / 2],
    })
  })
}

function plate(scheme: Scheme): ImageData | null {
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const pen = canvas.getContext('2d')
  if (!pen) return null
  const colour = mapColours(scheme)
  pen.beginPath()
  pen.roundRect(1, 1, side - 2, side - 2, corner)
  pen.fillStyle = colour.shield
  pen.fill()
  pen.lineWidth = 2
  pen.strokeStyle = colour.shieldLine
  pen.stroke()
  return pen.getImageData(0, 0, side, side)
}
