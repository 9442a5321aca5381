import type * as maplibre from 'maplibre-gl'
import { colours, type Scheme } from '#components/ui/tokens.ts'
import { type DeadlineGroup, deadlineGroups } from '#server/reports/rules/map.ts'
import { signOf } from './pin-signs.ts'

/** Images are drawn for screens with two pixels for each of the page. */
export const pixelRatio = 2

/** The name of a pin's image on a map. */
export const pinName = (group: DeadlineGroup, scheme: Scheme) => `pin|${scheme}|${group}`

/** The signs of all deadlines as images of the map; setting a new style keeps them. */
export function addPins(map: maplibre.Map, scheme: Scheme): void {
  for (const group of deadlineGroups) addPin(map, group, scheme)
}

function addPin(map: maplibre.Map, group: DeadlineGroup, scheme: Scheme) {
  const name = pinName(group, scheme)
  if (map.hasImage(name)) return
  const { ink, width, height, parts } = signOf(group)
  const colour = { ink: colours[scheme][ink], paper: colours[scheme].paper }
  // A pixel more on each side, for the line around the sign.
  const image = drawn(width + 2, height + 2, (pen) => {
    pen.translate(1, 1)
    pen.lineJoin = 'round'
    for (const { path, fill, line, width: thick = 1 } of parts) {
      const shape = new Path2D(path)
      if (line) {
        pen.lineWidth = thick
        pen.strokeStyle = colour[line]
        pen.stroke(shape)
      }
      if (fill) {
        pen.fillStyle = colour[fill]
        pen.fill(shape)
      }
    }
  })
  if (image) map.addImage(name, image, { pixelRatio })
}

export function drawn(width: number, height: number, draw: (pen: CanvasRenderingContext2D) => void): ImageData | null {
  const canvas = document.createElement('canvas')
  canvas.width = width * pixelRatio
  canvas.height = height * pixelRatio
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.scale(pixelRatio, pixelRatio)
  draw(pen)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}
