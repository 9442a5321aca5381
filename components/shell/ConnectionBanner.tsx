'use client'

import { CloudUpload, TriangleAlert, WifiOff } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useOutbox } from '#components/reports/outbox/outbox.ts'
import { sendNow } from '#components/reports/outbox/send-now.ts'
import { useOnline } from '#components/ui/use-online.ts'
import { addresses } from './addresses.ts'
import styles from './ConnectionBanner.module.css'

/** Says that the connection is lost, what waits for it, that nothing typed is lost, and what the server refused. */
export function ConnectionBanner({ accountId }: { accountId: string }) {
  const t = useTranslations('outbox.banner')
  const isOnline = useOnline()
  const outbox = useOutbox(accountId)
  const refused = outbox.filter(({ refusal }) => refusal).length
  const waiting = outbox.length - refused
  const isStuck = isOnline && outbox.some(({ isLate, refusal }) => isLate && !refusal)
  return (
    <div role="status">
      {!isOnline && (
        <p className={styles.banner}>
          <WifiOff size={16} aria-hidden="true" />
          <span>{waiting > 0 ? t('offlineWaiting', { count: waiting }) : t('offline')}</span>
        </p>
      )}
      {isStuck && (
        <p className={styles.banner}>
          <CloudUpload size={16} aria-hidden="true" />
          <span>{t('waiting', { count: waiting })}</span>
          <button type="button" className={styles.way} onClick={sendNow}>
            {t('sendNow')}
          </button>
        </p>
      )}
      {refused > 0 && (
        <p className={styles.banner}>
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{t('refused', { count: refused })}</span>
          <Link className={styles.way} href={addresses.drafts}>
            {t('look')}
          </Link>
        </p>
      )}
    </div>
  )
}
