'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { addresses } from '#components/shell/addresses.ts'
import { Button } from '#components/ui/Button.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { NotificationList } from './NotificationList.tsx'
import styles from './NotificationSheet.module.css'
import { useNotifications } from './use-notifications.ts'

/** The newest notifications in a sheet beside the current page; all of them have a separate page. */
export function NotificationSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('notifications')
  const list = useNotifications(false)
  return (
    <Sheet
      open
      title={t('title')}
      width={420}
      onClose={onClose}
      footer={
        <div className={styles.footer}>
          <Button busy={list.isReading} disabled={list.items.every(({ readAt }) => readAt)} onClick={list.readAll}>
            {t('readAll')}
          </Button>
          <Link href={addresses.notifications} onClick={onClose}>
            {t('all')}
          </Link>
        </div>
      }
    >
      <NotificationList list={list} onLeave={onClose} />
    </Sheet>
  )
}
