'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { againstAgencyWords, whoseWords } from '#server/insights/rules/part-seen.ts'
import type { Say } from '#server/insights/rules/weekly-words.ts'
import { usePeriodWords } from '../use-period-words.ts'

/** Whose figures these are, of which days and compared with what. */
export function useWhoseWords(header: BoardHeader) {
  const t = useTranslations('board.whose')
  // Files and mail show the same texts with a translator of their own, so these take whole keys.
  const say = useTranslations() as unknown as Say
  const format = useFormat()
  const { spanOf, instantsOf } = usePeriodWords()
  const { compared, isPartial, asOf, fromDay, toDay } = header
  const { asked } = header.filters
  const against =
    compared &&
    (compared.kind === 'agency'
      ? againstAgencyWords(header, say)
      : t(isPartial ? `partial.${compared.kind}` : `full.${compared.kind}`, {
          span: instantsOf(compared.from, compared.to),
        }))
  return {
    whose: whoseWords(header, say),
    /** "27/10 – 25/11/2026, so với kỳ trước (…)". */
    period: [spanOf(fromDay, toDay), against].filter(Boolean).join(', '),
    /** The moment that was counted, which for a period that is over is its end, and what counted as known. */
    asOf: asked
      ? t(`asOfWays.${asked.way}`, { at: format.dateTime(asOf), known: format.dateTime(new Date(asked.at)) })
      : t('asOf', { at: format.dateTime(asOf) }),
  }
}
