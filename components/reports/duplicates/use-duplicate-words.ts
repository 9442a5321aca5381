'use client'

import { useTranslations } from 'next-intl'
import type { KnownReport } from '#server/reports/queries/duplicates.ts'

const hour = 60
const day = 24 * hour

/** How long before or after a report a likely duplicate was received: "trước 2 giờ". */
export function useTimeApart() {
  const t = useTranslations('report.duplicates')
  /** `against` is when the report it is compared with was received. */
  return ({ minutes, receivedAt }: Pick<KnownReport, 'minutes' | 'receivedAt'>, against: Date): string => {
    const order = receivedAt <= against ? 'before' : 'after'
    const unit = minutes < hour ? 'minutes' : minutes < 2 * day ? 'hours' : 'days'
    const count = Math.max(1, Math.round(minutes / { minutes: 1, hours: hour, days: day }[unit]))
    return t(`apart.${unit}`, { order, count })
  }
}

/** Match reasons of a likely duplicate, as text: "cách 40 m · trước 2 giờ · cùng lĩnh vực · giống lời". */
export function useDuplicateWords() {
  const t = useTranslations('report.duplicates')
  const apartOf = useTimeApart()
  return (known: KnownReport, against: Date): string =>
    [
      ...(known.metres === null
        ? [t(known.isByAddress ? 'sameLane' : 'sameTitle'), known.address].filter(Boolean)
        : [t(known.isByAddress ? 'awayByAddress' : 'away', { metres: known.metres })]),
      apartOf(known, against),
      ...known.grounds.map((ground) => t(`grounds.${ground}`)),
    ].join(' · ')
}
