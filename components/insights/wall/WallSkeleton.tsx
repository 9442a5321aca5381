import { useTranslations } from 'next-intl'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import styles from './Wall.module.css'

const figures = ['total', 'open', 'hour', 'peak', 'safe', 'bulletins'] as const
const panels = ['map', 'kinds', 'areas', 'oldest', 'hours'] as const

/** The wall screen before its figures are loaded, in its final layout. */
export function WallSkeleton() {
  const t = useTranslations('common')
  return (
    <div className={styles.wall} role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <div className={styles.head}>
        <Skeleton width="22rem" height="3.6rem" />
        <Skeleton width="10rem" height="4rem" />
      </div>
      <div className={styles.figures}>
        {figures.map((figure) => (
          <div key={figure} className={styles.figure}>
            <Skeleton width="60%" height="1.2rem" />
            <Skeleton width="40%" height="3rem" />
            <Skeleton width="80%" height="1rem" />
          </div>
        ))}
        <div className={styles.handled}>
          <Skeleton width="10rem" height="1.6rem" />
          <Skeleton height="2.4rem" />
        </div>
      </div>
      <div className={styles.panels}>
        {panels.map((panel) => (
          <div key={panel} className={styles.panel} data-place={panel}>
            <Skeleton width="40%" height="1.2rem" />
            <Skeleton height={panel === 'hours' ? '7.5rem' : '12rem'} />
          </div>
        ))}
      </div>
    </div>
  )
}
