'use client'

import { useTranslations } from 'next-intl'

/** Working minutes as hours: "4 giờ", "2 giờ 30 phút". */
export function useLimitWords(): (minutes: number) => string {
  const t = useTranslations('calendars.length')
  return (minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
    if (hours === 0) return t('minutes', { minutes: rest })
    return rest === 0 ? t('hours', { hours }) : t('hoursMinutes', { hours, minutes: rest })
  }
}
