'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Asleep } from '#components/ui/Asleep.tsx'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { RequestView } from '#server/reports/queries/report.ts'
import { AnswerWords } from './AnswerWords.tsx'
import styles from './Cards.module.css'
import { useReportDesk } from './desk.ts'
import { Findings } from './Findings.tsx'
import { useReportCache } from './use-report.ts'

/** One request, with what the approver decides of it. */
export function RequestCard({ request }: { request: RequestView }) {
  const t = useTranslations('report')
  const format = useFormat()
  const { lengthOf } = useDeadlineWords()
  const { report } = useReportDesk()
  const decide = useDecision(request)
  const [refusing, setRefusing] = useState(false)
  const [remarks, setRemarks] = useState('')
  const mayDecide = report.acts.includes('decide_request')
  const own = request.isOwn ? t('requests.own') : undefined
  const agency = request.agencyName ?? ''
  const asked = {
    extension: () => t('requests.extension', { length: lengthOf(request.minutes ?? 0, report.deadline.minutesPerDay) }),
    transfer: () => t('requests.transfer', { agency }),
    pause: () => t('requests.pause', { agency }),
    follow_up: () => t('requests.follow_up'),
  }
  return (
    <div className={styles.request}>
      <p className={styles.asked}>{asked[request.kind]()}</p>
      {request.answer ? (
        <>
          <AnswerWords answer={request.answer} photos={report.photos} />
          <Findings findings={report.findings} forReview />
        </>
      ) : (
        <p className={styles.reason}>{request.reason}</p>
      )}
      <p className={styles.note}>
        {t('requests.asked', { name: request.askedBy, when: format.dateTime(request.askedAt) })}
      </p>
      {mayDecide ? (
        <div className={styles.buttons}>
          <Button
            size="small"
            variant="primary"
            reason={own}
            busy={decide.busy}
            onClick={() => void decide.run(true, '')}
          >
            {t('requests.approve')}
          </Button>
          <Button size="small" reason={own} onClick={() => setRefusing(true)}>
            {t('requests.refuse')}
          </Button>
        </div>
      ) : (
        <p className={styles.note}>{t('requests.waits')}</p>
      )}
      <ConfirmDialog
        open={refusing}
        title={asked[request.kind]()}
        confirmLabel={t('requests.refuse')}
        tone="danger"
        busy={decide.busy}
        onClose={() => setRefusing(false)}
        onConfirm={() => void decide.run(false, remarks).then(() => setRefusing(false))}
      >
        <FormField label={t('dialogs.remarks')}>
          {(field) => (
            <TextArea {...field} autoFocus value={remarks} onChange={(event) => setRemarks(event.target.value)} />
          )}
        </FormField>
      </ConfirmDialog>
      <Asleep />
    </div>
  )
}

function useDecision(request: RequestView) {
  const t = useTranslations('report')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const format = useFormat()
  const { report } = useReportDesk()
  const { refresh, noteChange } = useReportCache()
  const [busy, setBusy] = useState(false)
  const { id: reportId, version, code, windows } = report
  const seconds = windows.undoSeconds

  const takeBack = async (version: number) => {
    try {
      await client.reports.takeBack.mutate({ reportId, version })
      toast({ text: t('done.undone', { code }), tone: 'success' })
      noteChange()
    } catch (error) {
      toast({ text: t('done.notUndone', { reason: textOf(error) }), tone: 'failure' })
    }
    await refresh(code).catch(() => undefined)
  }

  const run = async (approve: boolean, remarks: string) => {
    setBusy(true)
    try {
      const input = { reportId, version, requestId: request.id, approve, remarks }
      const decided = await client.reports.decideRequest.mutate(input)
      const undo = () => void takeBack(decided.version)
      const after = await refresh(code).catch(() => undefined)
      const due = approve && request.kind === 'extension' ? after?.deadline.dueAt : null
      const text = due
        ? t('requests.extended', { code, when: format.dateTime(due) })
        : t(approve ? 'requests.approved' : 'requests.refused', { code })
      toast({ text, tone: 'success', seconds, undo })
      noteChange()
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
      await refresh(code).catch(() => undefined)
    }
    setBusy(false)
  }
  return { run, busy }
}
