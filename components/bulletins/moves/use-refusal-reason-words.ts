'use client'

import { useTranslations } from 'next-intl'

/** Why a move cannot be made now, in the words of the refusal that the server would give. */
export function useObstacleWords(): (obstacle: string) => string {
  const t = useTranslations('refusals')
  return (obstacle) => {
    const known = obstacle as Parameters<typeof t>[0]
    return t.has(known) ? t(known) : t('forbidden')
  }
}
