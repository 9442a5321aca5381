'use client'

import { FileQuestionMark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useState } from 'react'
import { SendPresence } from '#components/presence/SendPresence.tsx'
import type { FormValues } from '#components/reports/moves/forms.ts'
import { MoveDialog } from '#components/reports/moves/MoveDialog.tsx'
import { type DialogName, type DirectName, directValues } from '#components/reports/moves/move-names.ts'
import { useReportAction } from '#components/reports/moves/use-report-action.ts'
import { refusalOf } from '#components/trpc/refusal.ts'
import { Asleep } from '#components/ui/Asleep.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView as Report } from '#server/reports/queries/report.ts'
import { type ComposerKind, type ReportDesk, ReportDeskContext } from './desk.ts'
import { ReportKeys } from './ReportKeys.tsx'
import { ReportLayout } from './ReportLayout.tsx'
import { ReportSkeleton } from './ReportSkeleton.tsx'
import { useAfterSave } from './use-after-save.ts'
import { useLiveReport } from './use-live-report.ts'
import { useMyself, useReport } from './use-report.ts'
import { useReportNews } from './use-report-news.ts'

/** The position of the report in the list it was opened from. */
export type ListPosition = {
  index: number
  /** Null where the list is not counted to its end. */
  total: number | null
  previous: string | null
  /** Opens the report after this one, once it is loaded; null where none follows. */
  goOn: (() => void) | null
}

type Props = {
  code: string
  position?: ListPosition | undefined
  /** Opens another report, from the list or beside it. */
  onOpen: (code: string) => void
  onBack?: (() => void) | undefined
  /** Called once it has hydrated: from then on it handles its keys itself, or awaits them. */
  onThere?: () => void
}

/** The page of one report. */
export function ReportView(props: Props) {
  return (
    <>
      <WantedReport {...props} />
      <Asleep />
    </>
  )
}

function WantedReport({ code, position, onOpen, onBack, onThere }: Props) {
  const t = useTranslations('report')
  useEffect(() => onThere?.(), [onThere])
  const { data: report, error, refetch } = useReport(code)
  if (report) {
    return <OpenReport key={report.id} report={report} position={position} onOpen={onOpen} onBack={onBack} />
  }
  if (!error) return <ReportSkeleton />
  if (refusalOf(error)?.code === 'not_found') {
    return (
      <EmptyState
        icon={FileQuestionMark}
        title={t('missing.title')}
        action={onBack && <Button onClick={onBack}>{t('back')}</Button>}
      >
        {t('missing.sentence', { code })}
      </EmptyState>
    )
  }
  return <ErrorState error={error} onRetry={() => void refetch()} />
}

type OpenProps = Omit<Props, 'code' | 'onThere'> & { report: Report }
type Dialog = { move: DialogName; initial?: FormValues | undefined; names?: Record<string, string> | undefined }

function OpenReport({ report, position, onOpen, onBack }: OpenProps) {
  const t = useTranslations('report')
  const account = useMyself()
  const toast = useToast()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [composer, setComposer] = useState<ComposerKind | null>(null)
  const goOn = useAfterSave({ position, onBack })
  const run = useReportAction(report, goOn)
  useLiveReport(report)
  useReportNews(report, account?.name)

  const desk = useMemo<ReportDesk>(
    () => ({
      report,
      myself: account && { id: account.id, name: account.name },
      open: (move, initial, names) => setDialog({ move, initial, names }),
      doNow: (move: DirectName) =>
        void run(move, directValues(move)).then((outcome) => {
          if (!outcome.ok)
            toast({ text: t('done.refused', { code: report.code, reason: outcome.reason }), tone: 'failure' })
        }),
      write: setComposer,
      goTo: onOpen,
      goOn,
    }),
    [report, account, run, toast, t, onOpen, goOn],
  )
  return (
    <ReportDeskContext value={desk}>
      <ReportKeys onDone={goOn} />
      {account && <SendPresence reportId={report.id} accountId={account.id} isWriting={false} />}
      <ReportLayout position={position} onBack={onBack} composer={composer} onComposer={setComposer} />
      {dialog && (
        <MoveDialog
          code={report.code}
          move={dialog.move}
          onClose={() => setDialog(null)}
          onDone={goOn}
          {...(dialog.initial && { initial: dialog.initial })}
          {...(dialog.names && { names: dialog.names })}
        />
      )}
    </ReportDeskContext>
  )
}
