/** A hidden part of a photo, in fractions of the width and height of the upright photo. */
export type Box = { x: number; y: number; width: number; height: number }
export type Point = { x: number; y: number }
export const boxSides = ['x', 'y', 'width', 'height'] as const

/** Boxes are stored in steps of a ten-thousandth, a fifth of a pixel in the largest copy. */
const steps = 10_000
/** A smaller box could not be seen or touched. */
export const leastSide = 0.005
export const mostBoxes = 40
export const mostPhotos = 60

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** The box in its stored form: within the photo, at least of minimum size, and rounded without leaving the photo. */
export function settled({ x, y, width, height }: Box): Box {
  const [left, right] = span(x, x + width)
  const [top, bottom] = span(y, y + height)
  return { x: left / steps, y: top / steps, width: (right - left) / steps, height: (bottom - top) / steps }
}

function span(from: number, to: number): [number, number] {
  const least = leastSide * steps
  const first = within(Math.round(from * steps), 0, steps - least)
  const last = within(Math.round(to * steps), first + least, steps)
  return [first, last]
}

export function boxBetween(a: Point, b: Point): Box {
  const inside = ({ x, y }: Point) => ({ x: within(x, 0, 1), y: within(y, 0, 1) })
  const [one, other] = [inside(a), inside(b)]
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)]
  return settled({ x, y, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) })
}

/** A box that is pushed against an edge keeps its size. */
export function moved({ x, y, width, height }: Box, by: Point): Box {
  return settled({ x: within(x + by.x, 0, 1 - width), y: within(y + by.y, 0, 1 - height), width, height })
}

/** The edges and corners by which a box is resized, named by compass points. */
export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Handle = (typeof handles)[number]

/** Moves the caught edges; beyond the opposite edge the box flips. */
export function resized({ x, y, width, height }: Box, handle: Handle, by: Point): Box {
  const [left, right] = [x + (handle.includes('w') ? by.x : 0), x + width + (handle.includes('e') ? by.x : 0)]
  const [top, bottom] = [y + (handle.includes('n') ? by.y : 0), y + height + (handle.includes('s') ? by.y : 0)]
  return boxBetween({ x: left, y: top }, { x: right, y: bottom })
}

export const isSameBoxes = (some: readonly Box[], others: readonly Box[]): boolean =>
  some.length === others.length &&
  some.every((box, at) => boxSides.every((side) => box[side] === (others[at] as Box)[side]))

/** All pixels that the box touches, even partly. */
export function pixelsOf(box: Box, size: { width: number; height: number }) {
  const edge = (value: number, whole: number) => Math.round(value * steps) * whole
  const left = Math.floor(edge(box.x, size.width) / steps)
  const top = Math.floor(edge(box.y, size.height) / steps)
  const right = Math.ceil(edge(box.x + box.width, size.width) / steps)
  const bottom = Math.ceil(edge(box.y + box.height, size.height) / steps)
  return {
    left,
    top,
    width: Math.min(right, size.width) - left,
    height: Math.min(bottom, size.height) - top,
  }
}
