export type View = { left: number; top: number; width: number; height: number }

/** A part of the map smaller than this share of its width needs a close-up. */
const small = 0.4
/** Room around the chosen area, so that its neighbours show where it is. */
const room = 2
/** The close-up of a single ward still shows something of the city around it. */
const least = 0.08

/** The part of a map around these outlines; null where they can be seen on the whole map, or there are none. */
export function closeUpOf(paths: readonly string[], whole: View): View | null {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const path of paths) {
    for (const [, x, y] of path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)) {
      left = Math.min(left, Number(x))
      right = Math.max(right, Number(x))
      top = Math.min(top, Number(y))
      bottom = Math.max(bottom, Number(y))
    }
  }
  const ratio = whole.height / whole.width
  const span = Math.max(right - left, (bottom - top) / ratio)
  if (!(span >= 0) || span > small * whole.width) return null
  const width = Math.max(span * room, least * whole.width)
  const height = width * ratio
  return { left: (left + right - width) / 2, top: (top + bottom - height) / 2, width, height }
}
