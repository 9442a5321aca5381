'use client'

import { LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Kbd } from '#components/ui/Kbd.tsx'
import styles from './HoldNotice.module.css'
import { heldNow, heldOnServer, subscribeToHold } from './hold.ts'
import { useIsMac } from './KeyHint.tsx'
import { capsOf } from './key-names.ts'

/**
 * Confirms that the key was recognized and shows what has been typed since. The stylesheet delays it, as most panels
 * open sooner.
 */
export function HoldNotice() {
  const t = useTranslations('keyboard')
  const mac = useIsMac()
  const { isHeld, typed, isSent } = useSyncExternalStore(subscribeToHold, heldNow, heldOnServer)
  return (
    <div role="status" className={styles.place}>
      {isHeld && (
        <p className={styles.notice}>
          <LoaderCircle size={16} aria-hidden="true" className={styles.turning} />
          {t('opening')}
          {typed && <kbd className={styles.typed}>{typed.replaceAll('\n', ' ↵ ')}</kbd>}
          {isSent && <Kbd tone="inherit">{capsOf('Mod+Enter', mac)}</Kbd>}
        </p>
      )}
    </div>
  )
}
