'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { AreasField } from '#components/areas/AreasField.tsx'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Incident } from '#server/incidents/queries.ts'
import { noticeLimits } from '#server/platform/rules/limits.ts'
import { defaultSettings } from '#server/platform/rules/settings.ts'
import type { BatchView } from '#server/reports/queries/answer-batches.ts'
import { secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import { type NoticeFilter, noticeWords } from '#server/reports/rules/batch-schemas.ts'
import { noticeVariables } from '#server/reports/rules/templates.ts'
import styles from './Dialog.module.css'
import { NoticeReview } from './NoticeReview.tsx'
import { SubTypesField } from './SubTypesField.tsx'
import { useRefreshIncident } from './use-refresh-incident.ts'

const everybody: NoticeFilter = { subTypes: [], areaIds: [], openOnly: false }

/** `follows`: the notice that is sent again, to those who reported after it. */
type Props = { incident: Incident; follows: BatchView | null; onClose: () => void }

/**
 * The city's notice to all reporters: first the text, then whom it reaches and whom not; nothing is sent before those
 * were shown.
 */
export function ComposeNotice({ incident, follows, onClose }: Props) {
  const t = useTranslations('incidents.answers')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const refresh = useRefreshIncident()
  const toast = useToast()
  const noticeId = useRef(crypto.randomUUID())
  const [filter, setFilter] = useState<NoticeFilter>({ ...everybody, ...follows?.filter })
  const [wantsSecond, setWantsSecond] = useState(false)
  const [isReviewing, setReviewing] = useState(false)
  const { values, problems, set, check, isChanged } = useForm(noticeWords, { body: follows?.words?.what ?? '' })
  const draft = { incidentId: incident.id, filter, followsId: follows?.id ?? null }
  const preview = useMutation(trpc.incidentDesk.previewNotice.mutationOptions())
  const choices = useQuery(trpc.incidentDesk.breakdown.queryOptions(incident.id))
  const subTypes = [...new Set((choices.data ?? []).map(({ subType }) => subType))].sort()
  const found = preview.data
  const needsSecond = wantsSecond || found?.secondPerson === true
  const callOff = useMutation(
    trpc.incidentDesk.cancel.mutationOptions({
      onSettled: () => void refresh(),
      onSuccess: () => void toast({ text: t('notice.cancelled'), tone: 'success' }),
    }),
  )
  const compose = useMutation(
    trpc.incidentDesk.composeNotice.mutationOptions({
      onSuccess: ({ id, version, state }) => {
        const undo = state === 'sending' ? { undo: () => callOff.mutate({ id, version }) } : {}
        const text = t('notice.composed', { state, undo: defaultSettings.undoSeconds })
        toast({ text, tone: 'success', ...undo })
        void refresh()
        onClose()
      },
    }),
  )
  const lookAgain = () => {
    compose.reset()
    preview.mutate({ ...draft, body: values.body })
  }
  const submit = () => {
    const words = check()
    if (!words) return
    if (!isReviewing) {
      setReviewing(true)
      preview.mutate({ ...draft, ...words })
      return
    }
    if (!found || found.recipients === 0 || found.unknownVariables.length > 0) return
    compose.mutate({
      ...draft,
      ...words,
      id: noticeId.current,
      expected: found.recipients,
      wantsSecondPerson: wantsSecond,
    })
  }
  return (
    <FormSheet
      title={isReviewing ? t('preview.title') : t('notice.compose')}
      width={600}
      submitLabel={
        isReviewing
          ? t('preview.submit', { secondPerson: needsSecond ? 'yes' : 'no', count: found?.recipients ?? 0 })
          : t('form.review')
      }
      busy={compose.isPending || (isReviewing && preview.isPending)}
      isChanged={isChanged}
      refusal={<SaveRefusal error={compose.error} onKeep={lookAgain} onTake={lookAgain} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {isReviewing ? (
        <NoticeReview
          found={found}
          error={preview.error}
          wantsSecond={wantsSecond}
          onRetry={lookAgain}
          onBack={() => setReviewing(false)}
        />
      ) : (
        <>
          {follows ? (
            <p className={styles.words}>{t('notice.follows')}</p>
          ) : (
            <>
              <SubTypesField
                label={t('form.subTypes')}
                hint={t('form.subTypesHint')}
                choices={subTypes}
                value={filter.subTypes}
                onChange={(chosen) => setFilter({ ...filter, subTypes: [...chosen] })}
              />
              <AreasField
                value={filter.areaIds}
                hint={t('form.areas')}
                onChange={(areaIds) => setFilter({ ...filter, areaIds })}
              />
              <CheckField
                label={t('notice.openOnly')}
                checked={filter.openOnly}
                onChange={(openOnly) => setFilter({ ...filter, openOnly })}
              />
            </>
          )}
          <FormField
            label={t('notice.body')}
            hint={t('notice.bodyHint', { variables: noticeVariables.map((name) => `{{${name}}}`).join(' ') })}
            error={problemOf(problems.body)}
            required
          >
            {(field) => (
              <TextArea {...field} rows={6} value={values.body} onChange={(event) => set('body', event.target.value)} />
            )}
          </FormField>
          <CheckField
            label={t('notice.second')}
            hint={t('notice.secondHint', { above: secondPersonAbove, hours: noticeLimits.togetherSeconds / 3600 })}
            checked={wantsSecond}
            onChange={setWantsSecond}
          />
        </>
      )}
    </FormSheet>
  )
}
