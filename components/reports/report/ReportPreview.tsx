'use client'

import { Maximize2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { LikelyDuplicates } from '#components/reports/duplicates/LikelyDuplicates.tsx'
import type { FormValues } from '#components/reports/moves/forms.ts'
import { MoveDialog } from '#components/reports/moves/MoveDialog.tsx'
import { type DialogName, directValues } from '#components/reports/moves/move-names.ts'
import { type GoOn, useReportAction } from '#components/reports/moves/use-report-action.ts'
import { PhotoStrip } from '#components/reports/photos/PhotoStrip.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { LazyErrorState } from '#components/ui/LazyErrorState.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView as Report } from '#server/reports/queries/report.ts'
import { AnswerCard } from './AnswerCard.tsx'
import { Composer } from './Composer.tsx'
import { DeadlineClock } from './DeadlineClock.tsx'
import { type ComposerKind, type ReportDesk, ReportDeskContext } from './desk.ts'
import { OwnMarks } from './OwnMarks.tsx'
import { PreviewWaiting } from './PreviewWaiting.tsx'
import { Properties } from './Properties.tsx'
import { PutOffLine } from './PutOffLine.tsx'
import { ReportActions } from './ReportActions.tsx'
import { Reporter } from './Reporter.tsx'
import styles from './ReportPreview.module.css'
import { RequestCards } from './RequestCards.tsx'
import { ScheduledCard } from './ScheduledCard.tsx'
import side from './Side.module.css'
import { UnderWay } from './UnderWay.tsx'
import { useDeskKeys } from './use-desk-keys.ts'
import { useLiveReport } from './use-live-report.ts'
import { useMyself, useReport } from './use-report.ts'

type Props = {
  code: string
  /** Whether its keys act: not below a report that is open over the list. */
  active?: boolean
  /** Opens a report on its page: this one, or one beside it. */
  onOpen: (code: string) => void
  onDone?: GoOn | undefined
  /** Called when a composer closes: the focus would be nowhere. */
  onLeave?: () => void
}

/** The focused report beside its list, with the same actions as its page. */
export function ReportPreview({ code, active = true, onOpen, onDone, onLeave }: Props) {
  const { data: report, error, refetch } = useReport(code)
  if (report) return <Preview key={report.id} {...{ report, active, onOpen, onDone, onLeave }} />
  if (error) return <LazyErrorState error={error} onRetry={() => void refetch()} />
  return <PreviewWaiting />
}

type PreviewProps = Pick<Props, 'onOpen' | 'onDone'> & {
  report: Report
  active: boolean
  onLeave: (() => void) | undefined
}
type Dialog = { move: DialogName; initial?: FormValues; names?: Record<string, string> }

function Preview({ report, active, onOpen, onDone, onLeave }: PreviewProps) {
  const t = useTranslations('report')
  const words = useTranslations('reports')
  const account = useMyself()
  const toast = useToast()
  const run = useReportAction(report, onDone)
  useLiveReport(report)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [composer, setComposer] = useState<ComposerKind | null>(null)

  const desk = useMemo<ReportDesk>(
    () => ({
      report,
      myself: account && { id: account.id, name: account.name },
      open: (move, initial, names) => setDialog({ move, ...(initial && { initial }), ...(names && { names }) }),
      doNow: (move) =>
        void run(move, directValues(move)).then((outcome) => {
          if (!outcome.ok)
            toast({ text: t('done.refused', { code: report.code, reason: outcome.reason }), tone: 'failure' })
        }),
      write: setComposer,
      goTo: onOpen,
      goOn: (after) => onDone?.(after),
    }),
    [report, account, run, toast, t, onOpen, onDone],
  )
  const leave = () => {
    setComposer(null)
    onLeave?.()
  }
  useDeskKeys(desk, { active })
  return (
    <ReportDeskContext value={desk}>
      <article className={styles.preview} aria-label={report.code}>
        <header className={styles.header}>
          <div className={styles.way}>
            <CopyButton text={report.code} what={t('codeName')} shown />
            <span className={styles.deadline}>
              <DeadlineClock short />
            </span>
            <IconButton label={t('openPage')} size="small" command="list.open" onClick={() => onOpen(report.code)}>
              <Maximize2 />
            </IconButton>
          </div>
          <h2 className={styles.title} lang="vi">
            {report.title}
          </h2>
          <div className={styles.facts}>
            <StatusChip status={report.state} variant="plain">
              {words(`states.${report.state}`)}
            </StatusChip>
            {report.severity !== 'normal' && (
              <StatusChip status={report.severity} variant="plain">
                {words(`severities.${report.severity}`)}
              </StatusChip>
            )}
            <UnderWay reportId={report.id} />
            <PutOffLine />
            <span className={styles.marks}>
              <OwnMarks />
            </span>
          </div>
        </header>
        <div className={styles.content}>
          <p className={styles.body} lang="vi">
            {report.body}
          </p>
          {report.photos.length > 0 && (
            <PhotoStrip photos={report.photos} mayTakeOriginals={report.acts.includes('reveal_reporter')} />
          )}
          <RequestCards />
          <ScheduledCard />
          <AnswerCard />
          <div>
            <section className={side.section}>
              <Properties short />
            </section>
            <section className={side.section}>
              <SectionLabel as="h3">{t('sections.reporter')}</SectionLabel>
              <Reporter />
            </section>
            <LikelyDuplicates />
          </div>
        </div>
        <footer className={composer ? styles.composing : styles.footer}>
          {composer ? <Composer kind={composer} onClose={leave} /> : <ReportActions room="pane" />}
        </footer>
      </article>
      {dialog && (
        <MoveDialog {...dialog} code={report.code} onClose={() => setDialog(null)} {...(onDone && { onDone })} />
      )}
    </ReportDeskContext>
  )
}
