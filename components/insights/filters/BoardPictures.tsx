'use client'

import type { ReactNode } from 'react'
import { useFilterLines } from '#components/ui/filters/use-filter-lines.ts'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { boardConditions, boardConditionWords, boardThings } from '#server/insights/rules/filters.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { PictureContext } from '../chart/picture-words.ts'
import { useWhoseWords } from './use-whose-words.ts'

/** The texts that belong to every picture of the board: whose figures, which days, which filters, as of when. */
export function BoardPictures({ header, children }: { header: BoardHeader; children: ReactNode }) {
  const { whose, period, asOf } = useWhoseWords(header)
  const linesOf = useFilterLines(boardConditions, boardConditionWords)
  const { filters, names } = header
  const narrowed = linesOf(
    filters,
    boardThings(filters, (name) => names[name]),
  ).map(({ label, value }) => `${label}: ${value}`)
  const lines = [`${whose} · ${period}`, narrowed.join(' · ')].filter((line) => line !== '')
  return (
    <PictureContext
      value={{ lines, asOf: `${asOf.charAt(0).toLocaleUpperCase()}${asOf.slice(1)}`, day: localDayOf(header.asOf) }}
    >
      {children}
    </PictureContext>
  )
}
