'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { DataPointCount } from '#server/insights/rules/board.ts'
import { agenciesWords } from '#server/insights/rules/part-seen.ts'
import type { Say } from '#server/insights/rules/weekly-words.ts'

/** What the queue says of the figure it was opened from: its number, and how many reports that is. */
export function useCountSentence(): (counted: DataPointCount) => string {
  const t = useTranslations('board.drillDown')
  const say = useTranslations() as unknown as Say
  const format = useFormat()
  return ({ count, reports, part }) =>
    t(count === reports ? 'same' : 'several', {
      count,
      reports: format.number(reports),
      figure: format.number(count),
      agencies: agenciesWords(part ?? [], say),
      part: part ? 'yes' : 'no',
    })
}
