'use client'

import { useTranslations } from 'next-intl'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'

/** "Bản tin 37 / Bão số 3 – Yagi"; before publication only the incident. */
export function useNumberWords(): (bulletin: Pick<BulletinBrief, 'number' | 'incident'>) => string {
  const nameIn = useNameIn()
  const t = useTranslations('bulletins')
  return ({ number, incident }) => {
    if (!incident) return ''
    return number === null
      ? nameIn(incident)
      : t.markup('number', { number, incident: nameIn(incident), name: (chunks) => chunks })
  }
}
