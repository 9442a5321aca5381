'use client'

import { useAwaitedCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import styles from './TriageDesk.module.css'

/** The shape of a report before it is loaded. Its keys are remembered until then. */
export function TriageWaiting() {
  useAwaitedCommands('triage')
  return <TriageShape />
}

/** The same without its keys. */
export function TriageShape() {
  return (
    <div className={styles.desk} aria-hidden="true">
      <div className={styles.content}>
        <div className={styles.story}>
          <Skeleton width={170} height={16} />
          <Skeleton height={30} width="70%" />
          <Skeleton height={18} width="50%" />
          <Skeleton height={300} />
          <Skeleton height={72} />
        </div>
      </div>
    </div>
  )
}
