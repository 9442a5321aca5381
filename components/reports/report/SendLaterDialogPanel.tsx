'use client'

import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { MomentFields } from '#components/incidents/MomentFields.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useSettled } from '#components/ui/use-settled.ts'
import { refusalReasonToSchedule } from '#server/reports/rules/scheduling.ts'
import styles from './SendLaterDialog.module.css'
import type { SendLaterDialogProps } from './SendLaterDialog.tsx'

/** Milliseconds after the last key before the server is queried. */
const pause = 250

/** The day and time at which an answer is given; says when that is after the deadline or outside office hours. */
export function SendLaterDialogPanel({ reportId, title, confirmLabel, value = null, ...on }: SendLaterDialogProps) {
  const t = useTranslations('report.sendLater')
  const trpc = useTRPC()
  const format = useFormat()
  const [at, setAt] = useState<Date | null>(value)
  const sendAt = at !== null && !Number.isNaN(at.getTime()) ? at : null
  const refusalReason = sendAt && refusalReasonToSchedule(sendAt, new Date())
  const reason = sendAt ? refusalReason && t(refusalReason) : t('noTime')
  const written = sendAt?.toISOString() ?? ''
  const settled = useSettled(written, pause)
  const { data } = useQuery({
    ...trpc.reports.sendTime.queryOptions({ reportId, sendAt: new Date(settled || 0) }),
    enabled: settled !== '' && refusalReason === null,
  })
  const isKnown = data !== undefined && settled === written
  return (
    <ConfirmDialog
      open
      title={title}
      confirmLabel={confirmLabel}
      reason={reason ?? undefined}
      onConfirm={() => sendAt && on.onChoose(sendAt)}
      onClose={on.onClose}
    >
      <p>{t('sentence')}</p>
      <MomentFields label={t('day')} timeLabel={t('time')} value={value} onChange={setAt} />
      <div role="status" className={styles.hints}>
        {isKnown && data.isAfterDue && (
          <p className={styles.late}>
            <TriangleAlert size={14} aria-hidden="true" />
            {t('afterDue')}
          </p>
        )}
        {isKnown && data.opensAt && <p>{t('closed', { at: format.dateTime(data.opensAt) })}</p>}
      </div>
    </ConfirmDialog>
  )
}
