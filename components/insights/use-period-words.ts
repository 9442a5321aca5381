'use client'

import { useTranslations } from 'next-intl'
import { formatDate } from '#components/ui/format.ts'
import type { Period } from '#server/insights/rules/filters.ts'
import { type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'

/** Days and spans of days in official notation: 25/11/2026, 27/10 – 25/11/2026. */
export function usePeriodWords() {
  const t = useTranslations('board.period')
  const dateOf = (day: LocalDay) => formatDate(startOfDay(day))
  const spanOf = (from: LocalDay, to: LocalDay): string => {
    if (from === to) return dateOf(from)
    const sameYear = from.slice(0, 4) === to.slice(0, 4)
    return t('span', { from: sameYear ? dateOf(from).slice(0, 5) : dateOf(from), to: dateOf(to) })
  }
  return {
    dateOf,
    spanOf,
    /** A span of instants that ends where the next day begins, or within its last day. */
    instantsOf: (from: Date, to: Date) => spanOf(localDayOf(from), localDayOf(new Date(to.getTime() - 1))),
    nameOf: (period: Period) => (typeof period === 'string' ? t(`presets.${period}`) : spanOf(period.from, period.to)),
  }
}
