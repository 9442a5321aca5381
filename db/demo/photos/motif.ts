import type { Drawing, Light, Sketch } from './ink.ts'

/** One thing people photograph: drawn once for each light, and again as the crew left it. */
export type Motif = {
  name: string
  /** Category codes, or two-letter groups, that it fits. */
  families: string[]
  lights: Light[]
  before: (sketch: Sketch) => Drawing
  after?: (sketch: Sketch) => Drawing
}
