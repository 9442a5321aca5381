import type { Random } from '../random.ts'

export const width = 960
export const height = 720

export type Light = 'day' | 'overcast' | 'rain' | 'dusk' | 'night'

/** The input of a drawing: its random stream and the light of its hour. */
export type Sketch = { random: Random; light: Light }

/** The layer under the light of the hour, and the layer that shines through it. */
export type Drawing = { scene: string; shine?: string }

export type Point = readonly [x: number, y: number]

const round = (value: number) => Math.round(value * 10) / 10

export const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${fill}" ${more}/>`

export const polygon = (points: readonly Point[], fill: string, more = ''): string =>
  `<polygon points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" fill="${fill}" ${more}/>`

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string =>
  `<ellipse cx="${round(x)}" cy="${round(y)}" rx="${round(rx)}" ry="${round(ry)}" fill="${fill}" ${more}/>`

export const line = (from: Point, to: Point, stroke: string, thickness: number, more = ''): string =>
  `<line x1="${round(from[0])}" y1="${round(from[1])}" x2="${round(to[0])}" y2="${round(to[1])}" stroke="${stroke}" stroke-width="${thickness}" stroke-linecap="round" ${more}/>`

export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`

export const group = (parts: string, transform: string): string => `<g transform="${transform}">${parts}</g>`

/** A curve hanging between two points, as cables do. */
export const hang = (from: Point, to: Point, sag: number, stroke: string, thickness: number): string =>
  path(
    `M${from[0]} ${from[1]} Q${round((from[0] + to[0]) / 2)} ${round(Math.max(from[1], to[1]) + sag)} ${to[0]} ${to[1]}`,
    'none',
    `stroke="${stroke}" stroke-width="${thickness}" stroke-linecap="round"`,
  )

/** An irregular round shape: a hole, a puddle, a crown of leaves. */
export function blob(
  random: Random,
  at: Point,
  rx: number,
  ry: number,
  fill: string,
  more = '',
  roughness = 0.22,
): string {
  const corners = 14
  const points = Array.from({ length: corners }, (_, i): Point => {
    const angle = (i / corners) * 2 * Math.PI
    const reach = 1 - roughness / 2 + random.float() * roughness
    return [at[0] + Math.cos(angle) * rx * reach, at[1] + Math.sin(angle) * ry * reach]
  })
  const middle = (p: Point, q: Point): Point => [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]
  const first = middle(points[corners - 1] as Point, points[0] as Point)
  const curves = points.map((point, i) => {
    const end = middle(point, points[(i + 1) % corners] as Point)
    return `Q${round(point[0])} ${round(point[1])} ${round(end[0])} ${round(end[1])}`
  })
  return path(`M${round(first[0])} ${round(first[1])} ${curves.join(' ')} Z`, fill, more)
}

const gradient = (id: string, top: string, bottom: string): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`

export const glow = (at: Point, radius: number, colour = '#ffdf9a'): string =>
  `<radialGradient id="g${Math.round(at[0])}x${Math.round(at[1])}"><stop offset="0" stop-color="${colour}" stop-opacity="0.9"/><stop offset="0.25" stop-color="${colour}" stop-opacity="0.4"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>` +
  ellipse(at[0], at[1], radius, radius, `url(#g${Math.round(at[0])}x${Math.round(at[1])})`)

const skies: Record<Light, [top: string, bottom: string]> = {
  day: ['#8fbfe0', '#dcebf2'],
  overcast: ['#aab6bd', '#d5dadb'],
  rain: ['#7d8a92', '#b3bcc0'],
  dusk: ['#5f79a8', '#f5bf86'],
  night: ['#101a33', '#2a3350'],
}

export const sky = (light: Light): string =>
  `<defs>${gradient('sky', ...skies[light])}</defs>${rect(0, 0, width, height, 'url(#sky)')}`

const tints: Record<Light, [colour: string, strength: number]> = {
  day: ['#fff3d6', 0.06],
  overcast: ['#7d8a94', 0.14],
  rain: ['#46545f', 0.3],
  dusk: ['#5b3d3a', 0.26],
  night: ['#0a1229', 0.6],
}

const corners = `<defs><radialGradient id="corners" cx="0.5" cy="0.48" r="0.78"><stop offset="0.62" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.3"/></radialGradient></defs>${rect(0, 0, width, height, 'url(#corners)')}`

/** Draws the light of the hour over the scene, then the shining layer, then the rain. */
export function develop({ random, light }: Sketch, { scene, shine = '' }: Drawing): string {
  const [colour, strength] = tints[light]
  const drops = light === 'rain' ? Array.from({ length: 130 }, () => drop(random)).join('') : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${scene}${rect(0, 0, width, height, colour, `opacity="${strength}"`)}${shine}${drops}${corners}</svg>`
}

function drop(random: Random): string {
  const [x, y, length] = [random.between(-40, width), random.between(-20, height), random.between(14, 38)]
  return line([x, y], [x + length * 0.3, y + length], '#ffffff', 1.4, `opacity="${round(random.between(0.15, 0.4))}"`)
}
