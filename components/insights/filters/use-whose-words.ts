'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { usePeriodWords } from '../use-period-words.ts'

/** Whose figures these are, of which days and compared with what. */
export function useWhoseWords(header: BoardHeader) {
  const t = useTranslations('board.whose')
  const format = useFormat()
  const { spanOf, instantsOf } = usePeriodWords()
  const { scope, compared, isPartial, asOf, fromDay, toDay, names } = header
  const [first] = scope.all ? [] : scope.agencies
  const whose =
    names.agency ??
    (scope.all
      ? t('city')
      : scope.agencies.length === 1 && first
        ? first.name
        : t('agencies', { first: first?.name ?? '', count: scope.agencies.length - 1 }))
  const against =
    compared &&
    (compared.kind === 'agency'
      ? t('withAgency', { agency: compared.agency?.name ?? '' })
      : t(isPartial ? `partial.${compared.kind}` : `full.${compared.kind}`, {
          span: instantsOf(compared.from, compared.to),
        }))
  return {
    whose,
    /** "27/10 – 25/11/2026, so với kỳ trước (…)". */
    period: [spanOf(fromDay, toDay), against].filter(Boolean).join(', '),
    asOf: t('asOf', { at: format.dateTime(asOf) }),
    openable:
      header.openable < header.counted
        ? t('openable', { openable: format.number(header.openable), counted: format.number(header.counted) })
        : null,
  }
}
