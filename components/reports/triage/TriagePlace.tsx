'use client'

import { useTranslations } from 'next-intl'
import { useDeferredValue } from 'react'
import { PlaceMap } from '#components/reports/map/PlaceMap.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './Proposed.module.css'

/** The place on the map; rendered after the text, which comes first. */
export function TriagePlace({ report }: { report: ReportView }) {
  const t = useTranslations('report.sections')
  const shown = useDeferredValue(report)
  return (
    <section className={styles.proposed}>
      <SectionLabel as="h3">{t('place')}</SectionLabel>
      <PlaceMap report={shown} />
    </section>
  )
}
