'use client'

import { Bell, BellOff } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { NotifiedRisk } from '#server/notifications/queries/notifications.ts'
import { addressOfRisk } from '#server/notifications/rules/kinds.ts'
import { type Group, grouped } from './grouped.ts'
import styles from './NotificationList.module.css'
import type { NotificationsShown } from './use-notifications.ts'

type Props = { list: NotificationsShown; onLeave?: () => void }

/** The number of entries of a group that are shown; the others are shown on demand. */
const firstShown = 3

export function NotificationList({ list, onLeave }: Props) {
  const t = useTranslations('notifications')
  if (list.isLoading) return <SkeletonRows rows={6} rowHeight={56} columns={['1fr']} />
  if (list.error) return <ErrorState error={list.error} title={t('failed')} onRetry={list.retry} />
  if (list.items.length === 0) {
    return list.unreadOnly ? (
      <EmptyState icon={BellOff} title={t('emptyUnread')}>
        {t('emptyUnreadSentence')}
      </EmptyState>
    ) : (
      <EmptyState icon={Bell} title={t('empty')}>
        {t('emptySentence')}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className={styles.groups}>
        {grouped(list.items).map((group) => (
          <GroupEntry key={group.items[0]?.id} group={group} onRead={list.read} onLeave={onLeave} />
        ))}
      </ul>
      {list.hasMore && (
        <Button className={styles.more} busy={list.isLoadingMore} onClick={list.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

type GroupProps = { group: Group; onRead: (ids: number[]) => void; onLeave: (() => void) | undefined }

function GroupEntry({ group: { kind, items }, onRead, onLeave }: GroupProps) {
  const t = useTranslations('notifications')
  const format = useFormat()
  const nameIn = useNameIn()
  const [isOpen, setOpen] = useState(false)
  const shown = isOpen ? items : items.slice(0, firstShown)
  const others = items.length - shown.length
  const riskOf = ({ kind, count, topic, area }: NotifiedRisk) =>
    t(`risks.${kind}`, { count, topic: topic ? nameIn(topic) : '', area: area ?? t('somewhere') })
  return (
    <li className={styles.group}>
      <h3 className={styles.kind} data-kind={kind}>
        {items.length === 1 ? t(`kinds.${kind}`) : t(`groups.${kind}`, { count: items.length })}
      </h3>
      <ul className={styles.items}>
        {shown.map(({ id, code, title, risk, what, words, by, shownAt, readAt, extendedTo }) => (
          <li key={id}>
            <Link
              href={risk ? addressOfRisk(kind, risk) : `/reports/${code}`}
              className={styles.item}
              data-unread={readAt === null || undefined}
              onClick={() => {
                if (readAt === null) onRead([id])
                onLeave?.()
              }}
            >
              <span className={styles.title}>
                {readAt === null && <VisuallyHidden>{t('unread')}: </VisuallyHidden>}
                {risk ? riskOf(risk) : title}
              </span>
              {words && (
                <span className={styles.words} lang="vi">
                  {words}
                </span>
              )}
              <span className={styles.quiet}>
                {risk ? <span>{risk.agency}</span> : <span className={styles.code}>{code}</span>}
                {what && <span>{t(`watched.${what}`)}</span>}
                {by && <span>{by}</span>}
                {extendedTo && <span>{t('extendedTo', { when: format.dateTime(extendedTo) })}</span>}
                <TimeText at={shownAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {others > 0 && (
        <Button variant="quiet" size="small" className={styles.others} onClick={() => setOpen(true)}>
          {t('others', { count: others })}
        </Button>
      )}
    </li>
  )
}
