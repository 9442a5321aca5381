'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'

/** "06/09/2024 – 11/09/2024", "từ 24/11/2026 08:00". */
export function useSpanWords(): (span: { startsAt: Date; endsAt: Date | null }, exact?: boolean) => string {
  const t = useTranslations('incidents')
  const format = useFormat()
  return ({ startsAt, endsAt }, exact = false) => {
    if (endsAt === null) return t('since', { from: exact ? format.dateTime(startsAt) : format.date(startsAt) })
    if (exact) return t('span', { from: format.dateTime(startsAt), to: format.dateTime(endsAt) })
    // The end is exclusive: a span that ends at midnight shows the day before.
    return t('span', { from: format.date(startsAt), to: format.date(new Date(endsAt.getTime() - 1)) })
  }
}
