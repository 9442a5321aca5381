'use client'

import { createContext, useContext } from 'react'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import type { Storm } from '#server/insights/rules/board.ts'
import { type StormMark, stormMarkAddress } from '#server/insights/rules/storm-marks.ts'
import { type FigureWords, useFigureWords } from '../use-figure-words.ts'

const minutesPerCalendarDay = 1440

type StormFrame = {
  storm: Storm
  /** Whether the account may open the reports that are counted. */
  mayOpen: boolean
}

export const StormContext = createContext<StormFrame | null>(null)

type Shared = StormFrame & {
  words: FigureWords
  /** A duration of the clock: "4 giờ 11 phút". */
  lengthOf: (minutes: number) => string
  /** The link of a figure; null if it counts nothing. */
  hrefOf: (mark: StormMark | null) => string | null
  /** The same with its number as text. */
  shownOf: (mark: StormMark) => { text: string; href: string | null }
}

/** What every card of the storm shares: the storm, its texts, and the links to its reports. */
export function useStorm(): Shared {
  const frame = useContext(StormContext)
  if (!frame) throw new Error('useStorm needs a StormContext above it')
  const { storm, mayOpen } = frame
  const words = useFigureWords(minutesPerCalendarDay)
  const { lengthOf } = useDeadlineWords()
  const hrefOf: Shared['hrefOf'] = (mark) => (mayOpen && mark ? stormMarkAddress(storm, mark) : null)
  return {
    ...frame,
    words,
    lengthOf: (minutes) => lengthOf(minutes, minutesPerCalendarDay, true),
    hrefOf,
    shownOf: (mark) => ({ text: words.textOf(mark), href: hrefOf(mark) }),
  }
}
