'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { MomentFields } from '#components/incidents/MomentFields.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { QuickPicks } from '#components/ui/QuickPicks.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { putOffChoices, refusalReasonToPutOff } from '#server/reports/rules/put-off.ts'
import type { PutOffDialogProps } from './PutOffDialog.tsx'

/** Until when: one of the usual times by its digit, or a day and a time. */
export function PutOffDialogPanel({ code, onChoose, onClose }: PutOffDialogProps) {
  const t = useTranslations('report.putOff')
  const format = useFormat()
  const [now] = useState(() => new Date())
  const [at, setAt] = useState<Date | null>(null)
  const picks = putOffChoices(now).map(({ id, until }) => ({
    id,
    until,
    label: t(`choices.${id}`, { time: format.time(until) }),
  }))
  const isTime = at !== null && !Number.isNaN(at.getTime())
  const refusalReason = isTime ? refusalReasonToPutOff(at, new Date()) : null
  const reason = isTime ? refusalReason && t(refusalReason) : t('noTime')
  return (
    <ConfirmDialog
      open
      title={t('title', { code })}
      confirmLabel={t('confirm')}
      reason={reason ?? undefined}
      onConfirm={() => isTime && onChoose(at)}
      onClose={onClose}
    >
      <p>{t('sentence')}</p>
      <QuickPicks label={t('usual')} picks={picks} byDigit={at === null} onPick={({ until }) => onChoose(until)}>
        <MomentFields label={t('day')} timeLabel={t('time')} value={null} onChange={setAt} />
      </QuickPicks>
    </ConfirmDialog>
  )
}
