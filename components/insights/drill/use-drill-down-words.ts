'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { BoundDataPoint } from '#server/insights/rules/data-point.ts'
import { type PointCondition, pointConditions } from '#server/insights/rules/data-point-words.ts'
import type { NamedFilter } from '#server/insights/rules/filters.ts'
import { nameIn, type Thing } from '#server/platform/rules/filters/things.ts'
import type { Say } from '#server/platform/rules/filters/words.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { usePeriodWords } from '../use-period-words.ts'

/** Everything a figure was counted under, as text in the reader's language. */
export function useDrillDownWords(choices: Choices | undefined) {
  const say = useTranslations() as unknown as Say
  const format = useFormat()
  const isEnglish = useLocale() === 'en'
  const { dateOf, spanOf } = usePeriodWords()

  const nameOf = (items: readonly Thing[] | undefined, id: string | number) => {
    const found = items?.find((item) => item.id === id)
    return found ? nameIn(found, isEnglish) : String(id)
  }
  const categoryOf = (code: string): string => {
    const leaf = choices?.categories.find((each) => each.code === code)
    if (leaf) return isEnglish ? leaf.nameEn : leaf.name
    const group = choices?.categories.find((each) => each.groupCode === code)
    return group ? (isEnglish ? group.groupNameEn : group.groupName) : code
  }
  const namesOf: Record<NamedFilter, (id: string) => string> = {
    agency: (id) => nameOf(choices?.agencies, id),
    area: (id) => nameOf(choices?.areas, Number(id)),
    category: categoryOf,
    incident: (id) => nameOf(choices?.incidents, id),
  }

  return (bound: BoundDataPoint): PointCondition[] =>
    pointConditions(bound, {
      say,
      isEnglish,
      nameOf: (of, id) => namesOf[of](id),
      day: dateOf,
      span: spanOf,
      moment: (at) => format.dateTime(at),
    })
}
