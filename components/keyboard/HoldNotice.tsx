'use client'

import { LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import styles from './HoldNotice.module.css'
import { heldNow, heldOnServer, subscribeToHold } from './hold.ts'

/** Says that the key was heard and shows what has been typed since. The stylesheet keeps it back for a moment: most panels are quicker. */
export function HoldNotice() {
  const t = useTranslations('keyboard')
  const { isHeld, typed } = useSyncExternalStore(subscribeToHold, heldNow, heldOnServer)
  return (
    <div role="status" className={styles.place}>
      {isHeld && (
        <p className={styles.notice}>
          <LoaderCircle size={16} aria-hidden="true" className={styles.turning} />
          {t('opening')}
          {typed && <kbd className={styles.typed}>{typed}</kbd>}
        </p>
      )}
    </div>
  )
}
