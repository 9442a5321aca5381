'use client'

import { createContext, useContext } from 'react'
import { formatDate } from '#components/ui/format.ts'
import { pastDueDay } from '#server/insights/rules/ageing.ts'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { type Mark, markAddress } from '#server/insights/rules/marks.ts'
import { startOfDay } from '#server/platform/rules/local-day.ts'
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
  /** For the texts of what falls due on the day of the figures: the day, or `today`. */
  dueDay: string
}

/** What every card shares: whose figures, as of when, the texts, and the links to their reports. */
export function useBoardFrame(): BoardWords {
  const frame = useContext(BoardContext)
  if (!frame) throw new Error('useBoardFrame needs a BoardContext above it')
  const { header, mayOpen } = frame
  const words = useFigureWords(header.minutesPerDay)
  const hrefOf: BoardWords['hrefOf'] = (mark) => (mayOpen && mark ? markAddress(header, mark) : null)
  const past = pastDueDay(header)
  const dueDay = past === null ? 'today' : formatDate(startOfDay(past)).slice(0, 5)
  return { ...frame, words, hrefOf, dueDay, shownOf: (mark) => ({ text: words.textOf(mark), href: hrefOf(mark) }) }
}
