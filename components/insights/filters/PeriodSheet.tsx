'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import type { Period } from '#server/insights/rules/filters.ts'
import { resolvePeriod } from '#server/insights/rules/period.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import styles from './BoardHeader.module.css'

type Props = { period: Period; onPeriod: (period: Period) => void; onClose: () => void }

/** From a day to a day. */
export function PeriodSheet({ period, onPeriod, onClose }: Props) {
  const t = useTranslations('board.period')
  const id = useId()
  const [today] = useState(() => new Date())
  const [days, setDays] = useState<{ from: string | null; to: string | null }>(() => {
    const { fromDay, toDay } = resolvePeriod({ period, compare: 'none' }, today)
    return { from: fromDay, to: toDay }
  })
  const { from, to } = days
  const problem = from === null || to === null ? t('needsBoth') : from > to ? t('endsBefore') : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problem !== undefined || from === null || to === null) return
    onPeriod({ from, to })
    onClose()
  }
  return (
    <Sheet
      open
      title={t('ownTitle')}
      width={420}
      onClose={onClose}
      footer={
        <Button type="submit" form={id} variant="primary" reason={problem}>
          {t('show')}
        </Button>
      }
    >
      <form id={id} className={styles.range} onSubmit={submit}>
        <DateField
          label={t('from')}
          value={from}
          max={localDayOf(today)}
          onChange={(day) => setDays((before) => ({ ...before, from: day }))}
        />
        <DateField label={t('to')} value={to} onChange={(day) => setDays((before) => ({ ...before, to: day }))} />
      </form>
    </Sheet>
  )
}
