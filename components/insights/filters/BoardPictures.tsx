'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { narrowingFilters } from '#server/insights/rules/filters.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { PictureContext } from '../chart/picture-words.ts'
import { useNarrowingWords } from './FilterChips.tsx'
import { useWhoseWords } from './use-whose-words.ts'

/** The words that go with every picture of the board: whose figures, which days, which filters, as of when. */
export function BoardPictures({ header, children }: { header: BoardHeader; children: ReactNode }) {
  const t = useTranslations('board.filters')
  const { whose, period, asOf } = useWhoseWords(header)
  const wordsOf = useNarrowingWords(header.names)
  const { filters } = header
  const narrowed = narrowingFilters
    .filter((name) => filters[name] !== null)
    .map((name) => `${t(name)}: ${wordsOf(filters, name)}`)
  const lines = [`${whose} · ${period}`, narrowed.join(' · ')].filter((line) => line !== '')
  return (
    <PictureContext
      value={{ lines, asOf: `${asOf.charAt(0).toLocaleUpperCase()}${asOf.slice(1)}`, day: localDayOf(header.asOf) }}
    >
      {children}
    </PictureContext>
  )
}
