'use client'

import { useTranslations } from 'next-intl'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import type { Rating } from '#server/reports/rules/lifecycle.ts'
import { ratingSigns } from './rating-signs.ts'

/** What the citizen said of the answer: the worst is red. */
export function RatingChip({ rating }: { rating: Rating }) {
  const t = useTranslations('reports.ratings')
  const { status, icon } = ratingSigns[rating]
  return (
    <StatusChip status={status} variant="plain" icon={icon}>
      {t(rating)}
    </StatusChip>
  )
}
