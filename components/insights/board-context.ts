'use client'

import { createContext, useContext } from 'react'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { type Mark, markAddress } from '#server/insights/rules/marks.ts'
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
  hrefOf: (mark: Mark | null) => string | null
  /** The same with its number as text. */
  shownOf: (mark: Mark) => { text: string; href: string | null }
}

/** What every card shares: whose figures, as of when, the texts, and the links to their reports. */
export function useBoardFrame(): BoardWords {
  const frame = useContext(BoardContext)
  if (!frame) throw new Error('useBoardFrame needs a BoardContext above it')
  const { header, mayOpen } = frame
  const words = useFigureWords(header.minutesPerDay)
  const hrefOf: BoardWords['hrefOf'] = (mark) => (mayOpen && mark ? markAddress(header, mark) : null)
  return { ...frame, words, hrefOf, shownOf: (mark) => ({ text: words.textOf(mark), href: hrefOf(mark) }) }
}
