'use client'

import { createContext, useContext } from 'react'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import type { Storm } from '#server/insights/rules/board.ts'
import { type DataPointCell, drillDownAddress, type Measure } from '#server/insights/rules/data-point.ts'
import { stormFilters } from '#server/insights/rules/storm.ts'
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
  hrefOf: (count: number, measure: Measure, by?: DataPointCell) => string | null
}

/** What every card of the storm shares: the storm, its texts, and the links to its reports. */
export function useStorm(): Shared {
  const frame = useContext(StormContext)
  if (!frame) throw new Error('useStorm needs a StormContext above it')
  const { storm, mayOpen } = frame
  const words = useFigureWords(minutesPerCalendarDay)
  const { lengthOf } = useDeadlineWords()
  return {
    ...frame,
    words,
    lengthOf: (minutes) => lengthOf(minutes, minutesPerCalendarDay, true),
    hrefOf: (count, measure, by) =>
      mayOpen && count > 0
        ? drillDownAddress({
            dataPoint: by ? { measure, by } : { measure },
            filters: stormFilters(storm),
            asOf: storm.asOf,
          })
        : null,
  }
}

/** A time range in the form of a data point. */
export const instants = ({ from, to }: { from: Date; to: Date }) => ({ from: from.toISOString(), to: to.toISOString() })
