'use client'

import { useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/Disclosure.tsx'
import { KeyWords } from '#components/ui/KeyWords.tsx'
import { statusInk } from '#components/ui/status-colors.ts'
import { reportStates } from '#server/reports/rules/lifecycle.ts'
import styles from './MapScreen.module.css'

/** The meaning of colours and rings; folded away it leaves the map its space. */
export function MapLegend() {
  const t = useTranslations('map.legend')
  const states = useTranslations('reports.states')
  return (
    <Disclosure title={t('title')} className={styles.legend}>
      <ul>
        <li>
          <i className={styles.cluster} aria-hidden="true" />
          {t('cluster')}
        </li>
        {reportStates.map((state) => (
          <li key={state}>
            <i className={styles.dot} style={{ background: statusInk(state) }} aria-hidden="true" />
            {states(state)}
          </li>
        ))}
      </ul>
      <p>
        <KeyWords>{t('keys')}</KeyWords>
      </p>
    </Disclosure>
  )
}
