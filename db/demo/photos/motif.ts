import type { Drawing, Light, Sketch } from './ink.ts'

/** A subject of photos: drawn once for each light, and again after the repair. */
export type Motif = {
  name: string
  /** Category codes, or two-letter groups, that it fits. */
  families: string[]
  lights: Light[]
  before: (sketch: Sketch) => Drawing
  after?: (sketch: Sketch) => Drawing
}
