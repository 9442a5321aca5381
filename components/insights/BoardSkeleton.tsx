import { useTranslations } from 'next-intl'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import screen from './BoardScreen.module.css'
import styles from './BoardSkeleton.module.css'
import row from './kpi/KpiRow.module.css'

/** Which of the eight cards take two columns. */
const wide = [true, false, false, false, true, false, false, false]

/** The board before its figures are loaded, in its final layout. */
export function BoardSkeleton() {
  const t = useTranslations('common')
  return (
    <div role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <div className={styles.head}>
        <Skeleton width={150} height={28} />
        <Skeleton width={420} height={32} />
      </div>
      <Skeleton width="min(560px, 90%)" height={16} />
      <div className={`${row.row} ${styles.below}`}>
        {wide.map((isWide, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a card is identified by its index
          <div key={i} className={styles.kpi} data-wide={isWide || undefined}>
            <Skeleton width="45%" />
            <Skeleton width="60%" height={30} />
            <Skeleton width="80%" />
          </div>
        ))}
      </div>
      <div className={screen.charts}>
        {[8, 4, 7, 5].map((span) => (
          <div key={span} className={styles.chart} data-span={span}>
            <Skeleton width="40%" height={18} />
            <Skeleton height={270} />
          </div>
        ))}
      </div>
    </div>
  )
}
