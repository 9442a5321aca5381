'use client'

import { useTranslations } from 'next-intl'
import { TimeText } from '#components/ui/TimeText.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import { DrillLink } from '../chart/DrillLink.tsx'
import styles from './StormCards.module.css'
import { useStorm } from './storm-context.ts'

/** The reports that have waited longest: the first to call about. */
export function OldestOpen() {
  const t = useTranslations('storm.oldest')
  const { storm, mayOpen } = useStorm()
  return (
    <ChartCard
      id="storm-oldest"
      span={4}
      title={t('title')}
      unit={t('unit', { count: storm.open })}
      table={null}
      empty={storm.oldest.length === 0 && t('none')}
    >
      <ol className={styles.oldest}>
        {storm.oldest.map(({ code, title, receivedAt, areaName, agencyName }) => (
          <li key={code}>
            <DrillLink href={mayOpen ? `/reports/${code}` : null} className={styles.waiting}>
              <span className={styles.title}>{title}</span>
              <span className={styles.where}>
                {[code, areaName, agencyName ?? t('noAgency')].filter(Boolean).join(' · ')}
              </span>
              <span className={styles.since}>
                <TimeText at={receivedAt} as="relative" />
              </span>
            </DrillLink>
          </li>
        ))}
      </ol>
    </ChartCard>
  )
}
