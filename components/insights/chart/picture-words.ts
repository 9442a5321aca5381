'use client'

import { createContext } from 'react'

/** The texts of a picture beside its chart, so that it can be read without the page it came from. */
export type PictureWords = {
  /** Whose figures, which days, which filters: a line each. */
  lines: readonly string[]
  /** The moment of the figures, as text. */
  asOf: string
  /** The day of the figures, for file names. */
  day: string
}

/** Null: the cards below offer no downloads. */
export const PictureContext = createContext<PictureWords | null>(null)
