'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { StepLength } from '#server/insights/rules/storm-steps.ts'
import { usePeriodWords } from '../use-period-words.ts'

type Stretch = { from: Date; to: Date }

/** The steps of a storm as text, for their length. */
export function useStepWords(length: StepLength) {
  const t = useTranslations('storm.steps')
  const format = useFormat()
  const { instantsOf } = usePeriodWords()
  const dayOf = (at: Date) => format.date(at).slice(0, 5)
  const end = (to: Date) => (format.time(to) === '00:00' ? '24:00' : format.time(to))
  return {
    /** "phản ánh mỗi giờ", "phản ánh mỗi 3 giờ", "phản ánh mỗi ngày". */
    unit: length < 24 ? t('perHours', { count: length }) : t('perDays', { count: length / 24 }),
    /** On an axis: "14h 07/09". */
    shortOf: ({ from }: Stretch): string =>
      length < 24 ? t('axisHour', { hour: format.time(from).slice(0, 2), date: dayOf(from) }) : dayOf(from),
    /** The end of a step: "đến 15:00 thứ Bảy, 07/09/2024". */
    untilOf: ({ from, to }: Stretch): string => {
      if (length > 24) return t('untilDay', { day: format.date(new Date(to.getTime() - 1)) })
      const day = t('day', { weekday: format.weekday(from), date: format.date(from) })
      return length === 24 ? t('untilDay', { day }) : t('untilHour', { day, at: end(to) })
    },
    /** "thứ Bảy, 07/09/2024, 14:00–15:00". */
    longOf: ({ from, to }: Stretch): string => {
      if (length > 24) return instantsOf(from, to)
      const day = t('day', { weekday: format.weekday(from), date: format.date(from) })
      return length === 24 ? day : t('hours', { day, from: format.time(from), to: end(to) })
    },
  }
}

export type StepWords = ReturnType<typeof useStepWords>
