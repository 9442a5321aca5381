'use client'

import { useTranslations } from 'next-intl'

/** A length on the wall's clock: minutes below an hour, then hours, then days. */
export function useLengthWords() {
  const t = useTranslations('incidents.after')
  return (minutes: number): string => {
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)]
    if (days > 0) return t('daysHours', { days, hours: Math.round((minutes % 1440) / 60) })
    if (hours > 0) return t('hoursMinutes', { hours, minutes: minutes % 60 })
    return t('minutes', { minutes })
  }
}
