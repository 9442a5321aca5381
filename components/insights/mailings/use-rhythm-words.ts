'use client'

import { useTranslations } from 'next-intl'
import type { AnyRhythm } from '#server/insights/rules/mailing.ts'

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** 450 → "07:30". */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** "Thứ Hai hằng tuần, 07:30, chỉ ngày làm việc". */
export function useRhythmWords(): (rhythm: AnyRhythm) => string {
  const t = useTranslations('mailings')
  return ({ edition, day, minute, onWorkingDays }) => {
    if (edition === 'after_incident') return t('rhythm.afterIncident')
    const time = timeOf(minute)
    const weekday = weekdays.find((each) => each === Math.min(day, 7)) ?? 1
    const whenOf = () => {
      if (edition === 'daily') return t('rhythm.daily', { time })
      if (edition === 'weekly') return t('rhythm.weekly', { weekday: t(`weekdays.d${weekday}`), time })
      return day >= 31 ? t('rhythm.lastDay', { time }) : t('rhythm.monthly', { day, time })
    }
    const when = whenOf()
    return onWorkingDays ? `${when}, ${t('rhythm.workingDays')}` : when
  }
}
