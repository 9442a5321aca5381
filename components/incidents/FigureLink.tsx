'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import { type IncidentCount, queueOfCount } from '#server/reports/rules/incident-queues.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import styles from './FigureLink.module.css'

type Props = { incidentId: string; count: IncidentCount; value: number }

/** A count that opens the queue with exactly the reports it counted. */
export function FigureLink({ incidentId, count, value }: Props) {
  const t = useTranslations('incidents')
  const format = useFormat()
  const figure = format.number(value)
  if (value === 0) return <span className={styles.none}>{figure}</span>
  return (
    <Link
      href={`/reports?${queueAddress(queueOfCount(incidentId, count))}`}
      prefetch={false}
      aria-label={`${t(`figures.${count}`)}: ${t('openQueue', { count: value })}`}
    >
      {figure}
    </Link>
  )
}
