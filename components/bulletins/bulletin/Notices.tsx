'use client'

import { AlarmClock, Eye, MessageSquareWarning, OctagonX, PencilLine, Pin } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import styles from './Notices.module.css'

/** What anyone who opens the bulletin must know first. */
export function Notices({ view }: { view: BulletinView }) {
  const t = useTranslations('bulletins.notices')
  const format = useFormat()
  const pinned = view.remarks.find(({ important, resolvedAt }) => important && resolvedAt === null)
  return (
    <>
      {view.state === 'scheduled' && view.scheduledFor && (
        <p className={styles.notice} data-tone="info" role="status">
          <AlarmClock size={16} aria-hidden="true" />
          {t('scheduled', { at: format.dateTime(view.scheduledFor) })}
        </p>
      )}
      {view.needsLookBack && view.unreviewed && (
        <p className={styles.notice} data-tone="late">
          <Eye size={16} aria-hidden="true" />
          {t('unreviewed', { name: view.unreviewed.by?.name ?? '', reason: view.unreviewed.reason })}
        </p>
      )}
      {view.correction && (
        <p className={styles.notice} data-tone="soon">
          <PencilLine size={16} aria-hidden="true" />
          {t(`correcting.${view.correction.kind}`, { note: view.correction.note, count: view.changedWords })}
        </p>
      )}
      {view.state === 'changes_requested' && (
        <p className={styles.notice} data-tone="soon">
          <MessageSquareWarning size={16} aria-hidden="true" />
          {t('changesRequested')}
        </p>
      )}
      {view.notice && (
        <p className={styles.notice} data-tone="late">
          <OctagonX size={16} aria-hidden="true" />
          {t('withdrawn', { notice: view.notice })}
        </p>
      )}
      {pinned && (
        <p className={styles.notice} data-tone="note">
          <Pin size={16} aria-hidden="true" />
          <span>
            <b>{pinned.author.name}</b>: {pinned.body}
          </span>
        </p>
      )}
    </>
  )
}
