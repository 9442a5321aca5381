'use client'

import { useQuery } from '@tanstack/react-query'
import { Bell as BellIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { whenIdle } from '#components/ui/when-idle.ts'
import styles from './Bell.module.css'

const { Panel: NotificationSheet } = lazyPanel(
  () => import('./NotificationSheet.tsx').then((sheet) => sheet.NotificationSheet),
  { onDemand: true },
)

/** Milliseconds. Changes within this span cause one query. */
const gather = 2000
/** Milliseconds. Notifications that waited for working hours appear by polling, too. */
const askedEvery = 120_000
const mostShown = 99

/** The number of unread notifications, and the button that opens them. Queries only once the page has settled. */
export function Bell() {
  const t = useTranslations('notifications')
  const trpc = useTRPC()
  const [isOpen, setOpen] = useState(false)
  const [isIdle, setIdle] = useState(false)
  useEffect(() => whenIdle(() => setIdle(true)), [])
  const { data, refetch } = useQuery({
    ...trpc.notifications.unread.queryOptions(),
    enabled: isIdle,
    refetchInterval: askedEvery,
    refetchOnWindowFocus: 'always',
  })
  useLiveRefresh('notification', () => refetch(), { everyMilliseconds: gather })
  const count = data?.count ?? 0
  const shown = count > mostShown ? `${mostShown}+` : String(count)
  return (
    <span className={styles.bell}>
      <IconButton
        label={count === 0 ? t('bell') : t('bellCount', { count: shown })}
        command="global.notifications"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <BellIcon strokeWidth={1.75} />
      </IconButton>
      {count > 0 && (
        <span className={styles.count} aria-hidden="true">
          {shown}
        </span>
      )}
      {isOpen && <NotificationSheet onClose={() => setOpen(false)} />}
    </span>
  )
}
