'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { usePeriodWords } from '../use-period-words.ts'

/** Whose figures these are, of which days, compared with what, as of when: one sentence. */
export function WhoseFigures({ header }: { header: BoardHeader }) {
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
  return (
    <>
      <strong>{whose}</strong>
      {' · '}
      {spanOf(fromDay, toDay)}
      {compared && (
        <>
          {', '}
          {compared.kind === 'agency'
            ? t('withAgency', { agency: compared.agency?.name ?? '' })
            : t(isPartial ? `partial.${compared.kind}` : `full.${compared.kind}`, {
                span: instantsOf(compared.from, compared.to),
              })}
        </>
      )}
      {' · '}
      {t('asOf', { at: format.dateTime(asOf) })}
      {header.openable < header.counted &&
        ` · ${t('openable', { openable: format.number(header.openable), counted: format.number(header.counted) })}`}
    </>
  )
}
