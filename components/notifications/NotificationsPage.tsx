'use client'

import { CheckCheck } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { addresses } from '#components/shell/addresses.ts'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { NotificationList } from './NotificationList.tsx'
import { useNotifications } from './use-notifications.ts'

const unread = 'unread'

/** All notifications of the account, without a limit in time. */
export function NotificationsPage() {
  const t = useTranslations('notifications')
  const router = useRouter()
  const unreadOnly = useSearchParams().has(unread)
  const list = useNotifications(unreadOnly)
  return (
    <>
      <PageHeader
        title={t('title')}
        sentence={t('sentence')}
        actions={
          <Button
            icon={<CheckCheck />}
            busy={list.isReading}
            disabled={list.items.every(({ readAt }) => readAt)}
            onClick={list.readAll}
          >
            {t('readAll')}
          </Button>
        }
      />
      <CheckField
        label={t('unreadOnly')}
        checked={unreadOnly}
        onChange={(on) => router.replace(on ? `${addresses.notifications}?${unread}=1` : addresses.notifications)}
      />
      <NotificationList list={list} />
    </>
  )
}
