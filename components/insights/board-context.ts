'use client'

import { createContext, useContext } from 'react'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { type DataPointCell, drillDownAddress, type Measure } from '#server/insights/rules/data-point.ts'
import { type FigureWords, useFigureWords } from './use-figure-words.ts'

type BoardFrame = {
  header: BoardHeader
  /** Whether the account may open the reports that are counted. */
  mayOpen: boolean
}

export const BoardContext = createContext<BoardFrame | null>(null)

type BoardWords = BoardFrame & {
  words: FigureWords
  /** The link of a figure; null if it counts nothing. */
  hrefOf: (count: number, measure: Measure, by?: DataPointCell) => string | null
}

/** What every card shares: whose figures, as of when, the texts, and the links to their reports. */
export function useBoardFrame(): BoardWords {
  const frame = useContext(BoardContext)
  if (!frame) throw new Error('useBoardFrame needs a BoardContext above it')
  const { header, mayOpen } = frame
  const words = useFigureWords(header.minutesPerDay)
  return {
    ...frame,
    words,
    hrefOf: (count, measure, by) =>
      mayOpen && count > 0
        ? drillDownAddress({
            dataPoint: by ? { measure, by } : { measure },
            filters: header.filters,
            asOf: header.asOf,
          })
        : null,
  }
}
