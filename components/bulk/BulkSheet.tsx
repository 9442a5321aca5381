'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { StepUpDialog } from '#components/shell/StepUpDialog.tsx'
import { refusalOf } from '#components/trpc/refusal.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { type BulkActionName, bulkActionSchema } from '#server/bulk/rules/actions.ts'
import { emptyOutcome } from '#server/reports/rules/outcome.ts'
import { BulkFields } from './BulkFields.tsx'
import styles from './BulkSheet.module.css'
import { Forecast } from './Forecast.tsx'
import { RunPanel } from './RunPanel.tsx'
import { useForecast } from './use-forecast.ts'
import { useRunWords } from './use-run-words.ts'
import { claimRun, unclaimRun, watchRun } from './watched-runs.ts'

type Props = {
  name: BulkActionName
  ids: readonly number[]
  onClose: () => void
  /** The run was confirmed: nothing remains to be done with the chosen reports. */
  onDone: () => void
}

export type BulkValues = Record<string, unknown>

const firstValues: Record<BulkActionName, BulkValues> = {
  assign: { agencyId: '', note: '' },
  assign_person: {},
  transfer: { agencyId: '', reason: '' },
  change_category: { categoryCode: '' },
  change_severity: { severity: '', reason: '' },
  change_tags: { add: [], remove: [] },
  link_incident: {},
  reject: { reason: '', answer: '' },
  answer: { what: '', where: '', when: '', next: '', ...emptyOutcome },
}

/** One sheet from choosing the change, over its forecast, to its result. */
export function BulkSheet({ name, ids, onClose, onDone }: Props) {
  const t = useTranslations('bulk')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const refusalText = useRefusalText()
  const runWords = useRunWords()
  const id = useId()
  const outcomeId = useId()
  const [values, setValues] = useState(firstValues[name])
  // One idempotency key for one confirmation, however often it is sent.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [asksAgain, setAsksAgain] = useState(false)
  const [run, setRun] = useState<string | null>(null)

  const parsed = bulkActionSchema.safeParse({ name, ...values })
  const action = parsed.success ? parsed.data : null
  const { forecast, isSettled, error } = useForecast(ids, action)
  const start = useMutation(
    trpc.bulk.start.mutationOptions({
      onSuccess: (started) => {
        const { id } = started
        queries.setQueryData(trpc.bulk.run.queryKey({ id }), started)
        void queries.invalidateQueries({ queryKey: trpc.bulk.recent.queryKey() })
        // The panel below shows it by then; if the sheet is gone, it is watched all the same.
        flushSync(() => setRun(id))
        watchRun({ id, words: runWords(started) })
      },
      onError: (failure, { id }) => {
        unclaimRun(id)
        const code = refusalOf(failure)?.code
        if (code === 'step_up_needed') setAsksAgain(true)
        if (code === 'bulk_changed' || code === 'bulk_nothing') {
          setKey(crypto.randomUUID())
          void queries.invalidateQueries({ queryKey: ['bulk-forecast'] })
        }
      },
    }),
  )
  const isReady = action !== null && forecast !== undefined && isSettled && forecast.meant > 0
  const isBarred = forecast !== undefined && (forecast.tooManyUnread !== null || forecast.unknownVariables.length > 0)
  const send = () => {
    if (!isReady || isBarred || start.isPending) return
    claimRun(key)
    start.mutate({ id: key, reportIds: [...ids], action, expected: forecast.meant })
  }
  // Confirmed before the forecast has come: done where that leaves nothing out, otherwise it is to be read first.
  const [isConfirmed, setConfirmed] = useState(false)
  const confirm = () => (action !== null && !isSettled ? setConfirmed(true) : send())
  const isAsExpected = forecast?.meant === ids.length
  const sendConfirmed = useRef(send)
  useEffect(() => {
    sendConfirmed.current = send
  })
  useEffect(() => {
    if (!isConfirmed || !isSettled) return
    setConfirmed(false)
    if (isAsExpected) sendConfirmed.current()
  }, [isConfirmed, isSettled, isAsExpected])
  useCommands('report', { 'report.send': confirm }, { active: run === null && !asksAgain })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    send()
  }
  // Until the server has answered, nothing would tell of the change or undo it.
  const isUnderWay = isConfirmed || start.isPending
  const close = () => {
    if (isUnderWay) return
    onClose()
    if (run) onDone()
  }
  const footer = run ? (
    <Button key="close" onClick={close} autoFocus aria-describedby={outcomeId}>
      {t('run.close')}
    </Button>
  ) : (
    <>
      <Button
        type="submit"
        form={id}
        variant={name === 'reject' ? 'danger' : 'primary'}
        command="report.send"
        busy={isUnderWay}
        disabled={!isReady || isBarred}
      >
        {t('form.start', { count: forecast?.meant ?? 0 })}
      </Button>
      <Button onClick={isConfirmed ? () => setConfirmed(false) : close} disabled={start.isPending}>
        {common('cancel')}
      </Button>
    </>
  )
  const refused = start.error && refusalOf(start.error)?.code !== 'step_up_needed'
  return (
    <>
      <Sheet
        open
        title={t('form.title', { action: t(`actions.${name}`), count: ids.length })}
        width={560}
        footer={footer}
        onClose={close}
      >
        {run ? (
          <RunPanel id={run} outcomeId={outcomeId} />
        ) : (
          <form id={id} className={styles.form} noValidate onSubmit={submit}>
            {refused && (
              <p role="alert" className={styles.refused}>
                {refusalText(start.error)}
              </p>
            )}
            <BulkFields
              name={name}
              ids={ids}
              values={values}
              onChange={(change) => {
                setValues({ ...values, ...change })
                setConfirmed(false)
              }}
            />
            <Forecast name={name} forecast={forecast} isSettled={isSettled} isFilled={action !== null} error={error} />
          </form>
        )}
      </Sheet>
      {asksAgain && (
        <StepUpDialog
          onConfirmed={() => {
            setAsksAgain(false)
            send()
          }}
          onClose={() => setAsksAgain(false)}
        />
      )}
    </>
  )
}
