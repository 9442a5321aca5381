'use client'

import { useTranslations } from 'next-intl'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import type { CalendarChange } from '#server/calendars/rules/schemas.ts'
import styles from './CalendarChangeDialog.module.css'
import { DryRunLine } from './DryRunLine.tsx'
import { type CalendarDone, useCalendarChange } from './use-calendar-change.ts'

type Props = {
  title: string
  sentence: string
  change: CalendarChange
  done: CalendarDone
  /** The name shown in the notice afterwards. */
  name: string
  tone: 'primary' | 'danger'
  onClose: () => void
}

/** Confirms a change that needs no form, with the number of deadlines it would move. */
export function CalendarChangeDialog({ title, sentence, change, done, name, tone, onClose }: Props) {
  const t = useTranslations('calendars')
  const common = useTranslations('common')
  const save = useCalendarChange(done, name, onClose)
  const take = async () => {
    await save.refresh()
    onClose()
  }
  return (
    <ConfirmDialog
      open
      title={title}
      confirmLabel={tone === 'danger' ? common('remove') : t('days.confirm')}
      tone={tone}
      busy={save.isPending}
      onConfirm={() => save.mutate(change)}
      onClose={onClose}
    >
      <div className={styles.words}>
        <p>{sentence}</p>
        <DryRunLine change={change} />
        {/* There is no typed text to keep: on a conflict the list is simply reloaded. */}
        <SaveRefusal error={save.error} onKeep={take} onTake={take} />
      </div>
    </ConfirmDialog>
  )
}
