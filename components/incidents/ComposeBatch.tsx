'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { AreasField } from '#components/areas/AreasField.tsx'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { OutcomeFields } from '#components/reports/moves/OutcomeFields.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SelectInput, TextArea, TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Incident } from '#server/incidents/queries.ts'
import { type BatchFilter, batchAnswer } from '#server/reports/rules/batch-schemas.ts'
import { emptyOutcome, outcomeWithText } from '#server/reports/rules/outcome.ts'
import { batchVariables } from '#server/reports/rules/templates.ts'
import { BatchReview } from './BatchReview.tsx'
import { SubTypesField } from './SubTypesField.tsx'
import { useRefreshIncident } from './use-refresh-incident.ts'

const noWords = { what: '', where: '', when: '', next: '', ...emptyOutcome }
const fieldNames = ['where', 'when', 'next'] as const

/** First the text and its recipients, then the forecast and examples; nothing is sent before those were shown. */
export function ComposeBatch({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const t = useTranslations('incidents.answers')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const refresh = useRefreshIncident()
  const toast = useToast()
  const batchId = useRef(crypto.randomUUID())
  const [filter, setFilter] = useState<BatchFilter>({ subTypes: [], areaIds: [] })
  const [wantsSecond, setWantsSecond] = useState(false)
  const [isReviewing, setReviewing] = useState(false)
  const { values, problems, set, change, check, isChanged } = useForm(batchAnswer, noWords)
  const { what, where, when, next } = values
  const draft = { incidentId: incident.id, filter, words: { what, where, when, next } }
  const preview = useMutation(trpc.incidentDesk.preview.mutationOptions())
  const choices = useQuery(trpc.incidentDesk.breakdown.queryOptions(incident.id))
  const templates = useQuery(trpc.answerTemplates.forReport.queryOptions({ use: 'answer', categoryCode: 'all' }))
  const subTypes = [...new Set((choices.data ?? []).map(({ subType }) => subType))].sort()
  const found = preview.data
  const needsSecond = wantsSecond || found?.secondPerson === true
  const compose = useMutation(
    trpc.incidentDesk.compose.mutationOptions({
      onSuccess: ({ state }) => {
        toast({ text: t('composed', { state }), tone: 'success' })
        void refresh()
        onClose()
      },
    }),
  )
  const lookAgain = () => {
    compose.reset()
    preview.mutate(draft)
  }
  const submit = () => {
    const words = check()
    if (!words) return
    if (!isReviewing) {
      setReviewing(true)
      preview.mutate(draft)
      return
    }
    if (!found || found.recipients === 0 || found.unknownVariables.length > 0) return
    compose.mutate({
      id: batchId.current,
      incidentId: incident.id,
      filter,
      words,
      expected: found.recipients,
      wantsSecondPerson: wantsSecond,
    })
  }
  return (
    <FormSheet
      title={isReviewing ? t('preview.title') : t('form.title')}
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
        <BatchReview
          found={preview.data}
          error={preview.error}
          wantsSecond={wantsSecond}
          onRetry={lookAgain}
          onBack={() => setReviewing(false)}
        />
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
          {templates.data && templates.data.length > 0 && (
            <FormField label={t('form.template')}>
              {(field) => (
                <SelectInput
                  {...field}
                  value=""
                  onChange={(event) => {
                    const chosen = templates.data.find(({ id }) => id === event.target.value)
                    if (chosen) change({ what: chosen.body, ...outcomeWithText(chosen.outcome) })
                  }}
                >
                  <option value="">–</option>
                  {templates.data.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </SelectInput>
              )}
            </FormField>
          )}
          <FormField
            label={t('form.what')}
            hint={t('form.whatHint', { variables: batchVariables.map((name) => `{{${name}}}`).join(' ') })}
            error={problemOf(problems.what)}
            required
          >
            {(field) => (
              <TextArea {...field} rows={6} value={values.what} onChange={(event) => set('what', event.target.value)} />
            )}
          </FormField>
          {fieldNames.map((name) => (
            <FormField
              key={name}
              label={t(`form.${name}`)}
              error={problemOf(problems[name])}
              required={name !== 'next'}
            >
              {(field) => (
                <TextInput {...field} value={values[name]} onChange={(event) => set(name, event.target.value)} />
              )}
            </FormField>
          ))}
          <OutcomeFields value={values} onChange={change} isTried={Object.keys(problems).length > 0} />
          <CheckField
            label={t('form.second')}
            hint={t('form.secondHint')}
            checked={wantsSecond}
            onChange={setWantsSecond}
          />
        </>
      )}
    </FormSheet>
  )
}
