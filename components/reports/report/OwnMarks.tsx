'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useReportDesk } from './desk.ts'
import { useWatch } from './use-watch.ts'

/** What the user keeps of a report for themselves: whether they watch it. */
export function OwnMarks() {
  const t = useTranslations('report.watch')
  const { report } = useReportDesk()
  const watch = useWatch()
  return (
    <IconButton
      label={t(report.isWatched ? 'end' : 'begin')}
      command="row.watch"
      size="small"
      onClick={() => watch(report)}
    >
      {report.isWatched ? <EyeOff /> : <Eye />}
    </IconButton>
  )
}
