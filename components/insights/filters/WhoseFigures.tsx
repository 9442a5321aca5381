'use client'

import { useTranslations } from 'next-intl'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { type Coordinated, coordinatedWords } from '#server/insights/rules/coordinated.ts'
import type { Say } from '#server/insights/rules/weekly-words.ts'
import { useWhoseWords } from './use-whose-words.ts'

type Props = { header: BoardHeader; coordinated: Coordinated | null }

/**
 * Whose figures these are, of which days, compared with what, as of when: one sentence; and another of what this agency
 * only coordinates.
 */
export function WhoseFigures({ header, coordinated }: Props) {
  const say = useTranslations() as unknown as Say
  const { whose, period, asOf } = useWhoseWords(header)
  return (
    <>
      <strong>{whose}</strong>
      {` · ${period} · ${asOf}`}
      {coordinated && ` · ${coordinatedWords(coordinated, say)}`}
    </>
  )
}
