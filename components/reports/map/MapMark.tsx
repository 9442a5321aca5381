'use client'

import { useTranslations } from 'next-intl'
import type { BaseKind } from './keep-style.ts'
import styles from './Map.module.css'

/** Where the base map comes from, and how far it can be trusted. */
export function MapMark({ base }: { base: BaseKind | null }) {
  const t = useTranslations('report.map')
  if (base === 'schematic') return <span className={styles.mark}>{t('schematic')}</span>
  if (base !== 'streets') return null
  return (
    <a className={styles.mark} href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener noreferrer">
      {t('streets')}
    </a>
  )
}
