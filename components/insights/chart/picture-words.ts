'use client'

import { createContext } from 'react'

/** What a picture says beside its chart, so that it can be read without the page it came from. */
export type PictureWords = {
  /** Whose figures, which days, which filters: a line each. */
  lines: readonly string[]
  /** When the figures were taken, in words. */
  asOf: string
  /** The day of the figures, for the names of files. */
  day: string
}

/** Null: the cards below offer no downloads. */
export const PictureContext = createContext<PictureWords | null>(null)
