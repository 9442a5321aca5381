'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { IncidentFigures } from '#server/reports/queries/incident-figures.ts'
import { incidentCounts } from '#server/reports/rules/incident-queues.ts'
import { FigureLink } from './FigureLink.tsx'
import styles from './IncidentDetail.module.css'

type Props = { incidentId: string; figures: IncidentFigures | undefined }

/** The progress of the reports of the incident; each figure opens the queue with exactly those it counts. */
export function Figures({ incidentId, figures }: Props) {
  const t = useTranslations('incidents')
  const format = useFormat()
  const share = figures?.handledPercent
  return (
    <section aria-label={t('detail.figures')} className={styles.figures}>
      {incidentCounts.map((count) => (
        <div
          key={count}
          className={styles.figure}
          data-count={count}
          data-some={(figures?.[count] ?? 0) > 0 || undefined}
        >
          <span className={styles.label}>{t(`figures.${count}`)}</span>
          <span className={styles.value}>
            <FigureLink incidentId={incidentId} count={count} value={figures?.[count] ?? 0} />
            {count === 'handled' && share !== null && share !== undefined && (
              <span className={styles.share}>{format.percent(share / 100)}</span>
            )}
          </span>
        </div>
      ))}
    </section>
  )
}
