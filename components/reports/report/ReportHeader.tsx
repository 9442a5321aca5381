'use client'

import { ArrowLeft, ChevronDown, ChevronUp, UserCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { PresentPeople } from '#components/presence/PresentPeople.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { DeadlineClock } from './DeadlineClock.tsx'
import { useReportDesk } from './desk.ts'
import { OwnMarks } from './OwnMarks.tsx'
import { PutOffLine } from './PutOffLine.tsx'
import { ReportActions } from './ReportActions.tsx'
import styles from './ReportHeader.module.css'
import type { ListPosition } from './ReportView.tsx'
import { UnderWay } from './UnderWay.tsx'

type Props = { position: ListPosition | undefined; onBack: (() => void) | undefined }

/** Code, state, deadline, severity and actions. */
export function ReportHeader({ position, onBack }: Props) {
  const t = useTranslations('report')
  const words = useTranslations('reports')
  const format = useFormat()
  const { report, goTo } = useReportDesk()
  return (
    <header className={styles.header}>
      <div className={styles.way}>
        {onBack && (
          <IconButton label={t('back')} command="report.back" onClick={onBack}>
            <ArrowLeft />
          </IconButton>
        )}
        <CopyButton text={report.code} what={t('codeName')} shown />
        <UnderWay reportId={report.id} />
        <PresentPeople reportId={report.id} />
        {position && (
          <span className={styles.position}>
            <IconButton
              label={t('previous')}
              command="report.previous"
              size="small"
              disabled={position.previous === null}
              onClick={() => position.previous && goTo(position.previous)}
            >
              <ChevronUp />
            </IconButton>
            <IconButton
              label={t('next')}
              command="report.next"
              size="small"
              disabled={position.goOn === null}
              onClick={() => position.goOn?.()}
            >
              <ChevronDown />
            </IconButton>
            <span className={styles.count}>
              {position.total === null
                ? t('positionOpen', { index: format.number(position.index + 1) })
                : t('position', { index: format.number(position.index + 1), total: format.number(position.total) })}
            </span>
          </span>
        )}
      </div>
      <h1 className={styles.title} lang="vi">
        {report.title}
      </h1>
      <div className={styles.facts}>
        <StatusChip status={report.state}>{words(`states.${report.state}`)}</StatusChip>
        <DeadlineClock />
        {report.severity !== 'normal' && (
          <StatusChip status={report.severity}>{words(`severities.${report.severity}`)}</StatusChip>
        )}
        {report.assignee && (
          <span className={styles.person}>
            <UserCheck size={14} aria-hidden="true" />
            {report.assignee.name}
          </span>
        )}
        <span className={styles.marks}>
          <OwnMarks />
        </span>
        <PutOffLine />
        <span className={styles.actions}>
          <ReportActions menuId="report" />
        </span>
      </div>
    </header>
  )
}
