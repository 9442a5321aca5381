'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { FilterName, Filters, FilterValues } from '#server/platform/rules/filters/filters.ts'
import type { Things } from '#server/platform/rules/filters/things.ts'
import { type FilterLine, type FilterWords, filterLines } from '#server/platform/rules/filters/words.ts'
import { startOfDay } from '#server/platform/rules/local-day.ts'

/** Each filter that is set, as text in the user's language: for chips and for the summary of a saved view. */
export function useFilterLines<F extends Filters>(filters: F, words: FilterWords<F>) {
  const t = useTranslations()
  const isEnglish = useLocale() === 'en'
  const format = useFormat()
  const join = (names: readonly string[]): string => {
    const [first = '', ...others] = names
    return others.length <= 1
      ? names.join(', ')
      : t('common.filter.several' as never, { first, count: others.length } as never)
  }
  return (values: FilterValues<F>, things: Things | undefined): FilterLine<FilterName<F>>[] =>
    filterLines(filters, words, values, {
      say: (key, of) => t(key as never, of as never),
      things,
      isEnglish,
      day: (day) => format.date(startOfDay(day)),
      moment: (at) => format.dateTime(at),
      join,
    })
}
