'use client'

import { AlarmClock, Eye } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useReportDesk } from './desk.ts'
import styles from './OwnMarks.module.css'
import { PutOffDialog } from './PutOffDialog.tsx'
import { usePutOff } from './use-put-off.ts'
import { useWatch } from './use-watch.ts'

/** What the user does with a report for themselves alone: watch it, put it off. */
export function OwnMarks() {
  const t = useTranslations('report')
  const { report } = useReportDesk()
  const watch = useWatch()
  const putOff = usePutOff()
  const [isPuttingOff, setPuttingOff] = useState(false)
  return (
    <>
      <IconButton
        label={t(`watch.${report.isWatched ? 'end' : 'begin'}`)}
        command="row.watch"
        size="small"
        className={report.isWatched ? styles.on : undefined}
        onClick={() => watch(report)}
      >
        <Eye />
      </IconButton>
      <IconButton
        label={t('putOff.open')}
        command="row.putOff"
        size="small"
        className={report.putOff ? styles.on : undefined}
        onClick={() => setPuttingOff(true)}
      >
        <AlarmClock />
      </IconButton>
      {isPuttingOff && (
        <PutOffDialog
          code={report.code}
          onChoose={(until) => {
            setPuttingOff(false)
            putOff(report, until)
          }}
          onClose={() => setPuttingOff(false)}
        />
      )}
    </>
  )
}
