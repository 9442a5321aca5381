/** Where a test runs: in Vitest without a screen, in Vitest with a component in a browser, in Playwright. */
export type FaultSuite = 'unit' | 'component' | 'journey'

/** A small deliberate mistake in the product, and the test that must notice it. */
export type Fault = {
  /** What goes wrong for the user, in one sentence. */
  name: string
  /** The file with the mistake. */
  file: string
  /** The text that is replaced; it occurs exactly once in the file. */
  search: string
  replace: string
  caughtBy: {
    suite: FaultSuite
    file: string
    /** The title of the test as it stands in its file, or the constant part of a composed one. */
    title: string
    /** Of a composed title with many rows: words of the one row that notices it. */
    row?: string
  }
}
