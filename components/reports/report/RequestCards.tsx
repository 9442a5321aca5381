'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import styles from './Cards.module.css'
import { useReportDesk } from './desk.ts'

/** Few reports have a request: its code is loaded with the first one that has. */
const RequestCard = dynamic(() => import('./RequestCard.tsx').then((card) => card.RequestCard))

/** Requests of officers that an approver has not decided yet. */
export function RequestCards() {
  const t = useTranslations('report')
  const { report } = useReportDesk()
  if (report.requests.length === 0) return null
  return (
    <section className={styles.card} data-tone="approval" aria-labelledby="request-cards">
      <SectionLabel as="h2" id="request-cards">
        {t('sections.requests')}
      </SectionLabel>
      {report.requests.map((request) => (
        <RequestCard key={request.id} request={request} />
      ))}
    </section>
  )
}
