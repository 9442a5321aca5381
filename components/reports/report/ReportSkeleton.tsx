'use client'

import { useTranslations } from 'next-intl'
import { useAwaitedCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import header from './ReportHeader.module.css'
import styles from './ReportView.module.css'

/** The shape of the page being loaded, so that nothing jumps. Keys pressed meanwhile are meant for that page. */
export function ReportSkeleton() {
  const t = useTranslations('report')
  useAwaitedCommands('report row')
  return (
    <div className={styles.page} role="status">
      <div className={styles.frame}>
        <VisuallyHidden>{t('loading')}</VisuallyHidden>
        <div className={header.header} aria-hidden="true">
          <div className={header.way}>
            <Skeleton width={140} />
          </div>
          <Skeleton width="52%" height={24} />
          <Skeleton width={300} height={30} />
        </div>
        <div className={styles.columns} aria-hidden="true">
          <div className={styles.left}>
            <Skeleton width="96%" />
            <Skeleton width="90%" />
            <Skeleton width="64%" />
            <Skeleton height={140} />
            <Skeleton height={200} />
          </div>
          <div className={styles.middle}>
            <div className={styles.story}>
              {[1, 2, 3, 4].map((row) => (
                <Skeleton key={row} height={46} />
              ))}
            </div>
          </div>
          <div className={styles.right}>
            {[1, 2, 3, 4, 5, 6].map((row) => (
              <Skeleton key={row} height={20} />
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}
