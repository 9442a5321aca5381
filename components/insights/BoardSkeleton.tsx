import { useTranslations } from 'next-intl'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import screen from './BoardScreen.module.css'
import styles from './BoardSkeleton.module.css'
import top from './top/TopFigures.module.css'

const figures = ['received', 'on_time', 'first_answer', 'backlog', 'satisfaction'] as const

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
      <div className={`${top.headline} ${styles.below}`}>
        <Skeleton width="80%" height={20} />
      </div>
      <div className={top.band}>
        {figures.map((figure) => (
          <div key={figure} className={`${top.figure} ${styles.figure}`}>
            <Skeleton width="45%" />
            <Skeleton width="60%" height={30} />
            <Skeleton width="80%" />
          </div>
        ))}
      </div>
      <div className={screen.charts} data-main>
        {[7, 5].map((span) => (
          <div key={span} className={styles.chart} data-span={span}>
            <Skeleton width="40%" height={18} />
            <Skeleton height={270} />
          </div>
        ))}
      </div>
    </div>
  )
}
