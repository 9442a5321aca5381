'use client'

import { CalendarClock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { mayDo, useReportDesk } from './desk.ts'
import { SendLaterDialog } from './SendLaterDialog.tsx'
import { useSchedule } from './use-schedule.ts'

/** Approves the answer so that it is given at a later time. */
export function ApproveLater() {
  const t = useTranslations('report.sendLater')
  const format = useFormat()
  const { report } = useReportDesk()
  const change = useSchedule(report)
  const [isChoosing, setChoosing] = useState(false)
  const { code } = report
  if (!mayDo(report, 'schedule_approval')) return null
  return (
    <>
      <Button size="small" icon={<CalendarClock />} onClick={() => setChoosing(true)}>
        {t('approve')}
      </Button>
      {isChoosing && (
        <SendLaterDialog
          reportId={report.id}
          title={t('approveTitle', { code })}
          confirmLabel={t('approveConfirm')}
          onChoose={(sendAt) => {
            setChoosing(false)
            void change(
              'schedule_approval',
              (reports, seen) => reports.scheduleApproval.mutate({ ...seen, sendAt }),
              t('approved', { code, at: format.dateTime(sendAt) }),
            )
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  )
}
