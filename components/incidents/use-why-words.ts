'use client'

import { useTranslations } from 'next-intl'
import type { Match } from '#server/incidents/rules/matching.ts'

/** Match reasons of a report and an incident, as text. */
export function useWhyWords() {
  const t = useTranslations('matching')
  return ({ subType, keywords }: Match): string =>
    [
      subType && t('bySubType', { subType: t(`subTypes.${subType}`).toLocaleLowerCase('vi') }),
      keywords.length > 0 && t('byKeywords', { keywords: keywords.map((keyword) => `“${keyword}”`).join(', ') }),
    ]
      .filter(Boolean)
      .join('; ')
}
