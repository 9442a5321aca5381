'use client'

import { useAwaitedCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import styles from './PreviewWaiting.module.css'

/**
 * Stands beside the list until the focused report is there, or the code that shows it: what is pressed for it meanwhile
 * is remembered.
 */
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
