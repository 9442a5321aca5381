'use client'

import { CalendarClock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { OutcomeOf, StatedOutcome } from '#server/reports/rules/outcome.ts'
import type { ScheduledWords } from '#server/reports/rules/scheduling.ts'
import { SendLaterDialog } from './SendLaterDialog.tsx'
import { useSchedule } from './use-schedule.ts'

type Props = {
  report: ReportView
  /** Null as long as the outcome is missing. */
  words: (ScheduledWords & OutcomeOf<StatedOutcome>) | null
  /** Whether everything is there; otherwise the box shows what is missing. */
  isReady: () => boolean
  /** Why it cannot be scheduled now. */
  reason: string | undefined
  onDone: () => void
}

/** Sends the answer that is being written at a later time. */
export function SendLater({ report, words, isReady, reason, onDone }: Props) {
  const t = useTranslations('report.sendLater')
  const format = useFormat()
  const change = useSchedule(report)
  const [isChoosing, setChoosing] = useState(false)
  const schedule = async (sendAt: Date) => {
    setChoosing(false)
    if (!words) return
    const isDone = await change(
      'schedule_answer',
      (reports, seen) => reports.scheduleAnswer.mutate({ ...seen, ...words, sendAt }),
      t('scheduled', { code: report.code, at: format.dateTime(sendAt) }),
    )
    if (isDone) onDone()
  }
  return (
    <>
      <Button icon={<CalendarClock />} reason={reason} onClick={() => isReady() && setChoosing(true)}>
        {t('open')}
      </Button>
      {isChoosing && (
        <SendLaterDialog
          reportId={report.id}
          title={t('title', { code: report.code })}
          confirmLabel={t('confirm')}
          onChoose={(sendAt) => void schedule(sendAt)}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  )
}
