'use client'

import { CloudLightning } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useNow } from '#components/ui/use-now.ts'
import type { Incident } from '#server/incidents/queries.ts'
import styles from './IncidentStateChip.module.css'

/** Whether the incident is under way, and whether its clocks run day and night. */
export function IncidentStateChip({
  incident,
}: {
  incident: Pick<Incident, 'stormMode' | 'underWay' | 'startsAt' | 'closedAt'>
}) {
  const t = useTranslations('incidents')
  const now = useNow()
  if (incident.underWay && incident.stormMode) {
    return (
      <span className={styles.storm}>
        <CloudLightning size={12} aria-hidden="true" />
        {t('stormOn')}
      </span>
    )
  }
  if (incident.closedAt) return <span className={styles.standing}>{t('states.closed')}</span>
  const state = incident.underWay ? 'under_way' : incident.startsAt > now ? 'planned' : 'ended'
  return (
    <span className={styles.standing} data-state={state}>
      {t(`states.${state}`)}
    </span>
  )
}
