'use client'

import type { BoardHeader } from '#server/insights/rules/board.ts'
import { useWhoseWords } from './use-whose-words.ts'

/** Whose figures these are, of which days, compared with what, as of when: one sentence. */
export function WhoseFigures({ header }: { header: BoardHeader }) {
  const { whose, period, asOf } = useWhoseWords(header)
  return (
    <>
      <strong>{whose}</strong>
      {` · ${period} · ${asOf}`}
    </>
  )
}
