'use client'

import { useTranslations } from 'next-intl'
import { useContext, useEffect, useState } from 'react'
import { MomentFields } from '#components/incidents/MomentFields.tsx'
import { KeyboardContext } from '#components/keyboard/keyboard-context.ts'
import { digitOf } from '#components/keyboard/strokes.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { Kbd } from '#components/ui/Kbd.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { putOffChoices, refusalReasonToPutOff } from '#server/reports/rules/put-off.ts'
import styles from './PutOffDialog.module.css'
import type { PutOffDialogProps } from './PutOffDialog.tsx'

/** Until when: one of the usual times by its digit, or a day and a time. */
export function PutOffDialogPanel({ code, onChoose, onClose }: PutOffDialogProps) {
  const t = useTranslations('report.putOff')
  const format = useFormat()
  const singleKeys = useContext(KeyboardContext)?.singleKeys ?? false
  const [now] = useState(() => new Date())
  const [isPicking, setPicking] = useState(false)
  const [at, setAt] = useState<Date | null>(null)
  const choices = [
    ...putOffChoices(now).map(({ id, until }) => ({
      id,
      label: t(`choices.${id}`, { time: format.time(until) }),
      choose: () => onChoose(until),
    })),
    { id: 'pick', label: t('choices.pick'), choose: () => setPicking(true) },
  ]
  const isTime = at !== null && !Number.isNaN(at.getTime())
  const refusalReason = isTime ? refusalReasonToPutOff(at, new Date()) : null
  const reason = isTime ? refusalReason && t(refusalReason) : t('noTime')

  // While a day or a time is typed, a digit is part of it.
  const digits = singleKeys && !isPicking
  useEffect(() => {
    if (!digits) return
    const press = (event: KeyboardEvent) => {
      const choice = choices[(digitOf(event) ?? 0) - 1]
      if (!choice) return
      event.preventDefault()
      event.stopPropagation()
      choice.choose()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  })
  return (
    <ConfirmDialog
      open
      title={t('title', { code })}
      confirmLabel={t('confirm')}
      reason={reason ?? undefined}
      onConfirm={() => isTime && onChoose(at)}
      onClose={onClose}
    >
      <p className={styles.sentence}>{t('sentence')}</p>
      <ul className={styles.choices} aria-label={t('usual')}>
        {choices.map(({ id, label, choose }, i) => (
          <li key={id}>
            <Button
              className={styles.choice ?? ''}
              aria-expanded={id === 'pick' ? isPicking : undefined}
              data-awaits={i === 0 || undefined}
              onClick={choose}
            >
              {singleKeys && <Kbd>{String(i + 1)}</Kbd>}
              {label}
            </Button>
          </li>
        ))}
      </ul>
      {isPicking && <MomentFields label={t('day')} timeLabel={t('time')} value={null} onChange={setAt} />}
    </ConfirmDialog>
  )
}
