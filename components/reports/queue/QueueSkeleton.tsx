import { Skeleton, SkeletonRows } from '#components/ui/Skeleton.tsx'
import styles from './QueueDesk.module.css'

const previewHeight = 54

/** The shape of the queue before any data is loaded. */
export function QueueSkeleton() {
  return (
    <div className={styles.desk} data-views="auto">
      <div className={styles.views} aria-hidden="true">
        <div className={styles.viewsWaiting}>
          {['70%', '45%', '60%', '58%', '40%', '66%', '80%', '38%', '52%', '44%', '36%'].map((width) => (
            <Skeleton key={width} width={width} height={14} />
          ))}
        </div>
      </div>
      <div className={styles.list}>
        <div className={styles.top} aria-hidden="true">
          <div className={styles.titleWaiting}>
            <Skeleton width={210} height={22} />
          </div>
          <Skeleton width={96} height={26} />
        </div>
        <div className={styles.waiting}>
          <SkeletonRows rows={14} rowHeight={previewHeight} columns={[54, 124, '1fr', 112, 112, 48]} />
        </div>
      </div>
    </div>
  )
}
