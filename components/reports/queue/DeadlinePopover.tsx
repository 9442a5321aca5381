'use client'

import { useTranslations } from 'next-intl'
import { ClockDetails } from '#components/reports/report/ClockDetails.tsx'
import { useReport } from '#components/reports/report/use-report.ts'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import type { RowDetail } from './QueueRow.tsx'
import styles from './RowPopover.module.css'
import { RowPopover } from './RowPopover.tsx'

/** How a row's deadline is computed: queried when it is opened, so that the list stays light. */
export function DeadlinePopover({ row: { code }, anchor, onClose }: Omit<RowDetail, 'of'> & { onClose: () => void }) {
  const t = useTranslations('report.clocks')
  const { data: report } = useReport(code)
  return (
    <RowPopover title={t('title')} code={code} anchor={anchor} isLoaded={report !== undefined} onClose={onClose}>
      {report ? (
        <ClockDetails report={report} />
      ) : (
        <div className={styles.waiting}>
          {[1, 2, 3, 4, 5].map((line) => (
            <Skeleton key={line} height={16} />
          ))}
        </div>
      )}
    </RowPopover>
  )
}
