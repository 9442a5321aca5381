'use client'

import { useAwaitedCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import styles from './PreviewWaiting.module.css'

/** Shown beside the list until the focused report, or its code, has loaded: presses for it are remembered meanwhile. */
export function PreviewWaiting() {
  useAwaitedCommands('row')
  return (
    <div className={styles.waiting} aria-hidden="true">
      <Skeleton width={150} />
      <Skeleton height={24} />
      <Skeleton width="60%" />
      <Skeleton height={84} />
      <Skeleton height={108} />
      <Skeleton height={120} />
    </div>
  )
}
