'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type TodayWords, todayWords } from '#server/insights/rules/today-words.ts'
import type { Say, WeeklyLocale } from '#server/insights/rules/weekly-words.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'

/** What the page says, in its language. */
export function useTodayWords(today: LocalDay, minutesPerDay: number): TodayWords {
  const say = useTranslations() as unknown as Say
  return todayWords(say, useLocale() as WeeklyLocale, today, minutesPerDay)
}
