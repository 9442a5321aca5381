'use client'

import { useTranslations } from 'next-intl'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'

/** "Bản tin 37 / Bão số 3 – Yagi"; before publication only the incident. */
export function useNumberWords(): (bulletin: Pick<BulletinBrief, 'number' | 'incident'>) => string {
  const t = useTranslations('bulletins')
  return ({ number, incident }) => {
    if (!incident) return ''
    return number === null ? incident.name : t('number', { number, incident: incident.name })
  }
}
