'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Choice } from '#components/reports/moves/Choice.tsx'
import { OutcomeFields } from '#components/reports/moves/OutcomeFields.tsx'
import { AgencyField, CategoryField, IncidentField, PersonField } from '#components/reports/moves/PickerFields.tsx'
import { TagsField } from '#components/reports/moves/TagsField.tsx'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { statusInk } from '#components/ui/status-colors.ts'
import { TextArea, TextInput } from '#components/ui/TextInput.tsx'
import type { BulkActionName } from '#server/bulk/rules/actions.ts'
import type { OfferedTemplate } from '#server/reports/queries/answer-templates.ts'
import { needsAnswer, type RejectReason, rejectReasons, severities } from '#server/reports/rules/lifecycle.ts'
import { type OutcomeDraft, outcomeWithText } from '#server/reports/rules/outcome.ts'
import { batchVariables } from '#server/reports/rules/templates.ts'
import styles from './BulkSheet.module.css'
import type { BulkValues } from './BulkSheet.tsx'

type Props = {
  name: BulkActionName
  ids: readonly number[]
  values: BulkValues
  onChange: (change: BulkValues) => void
}

/** The fields of the single change, filled in once for all reports. */
export function BulkFields({ name, ids, values, onChange }: Props) {
  const t = useTranslations('report.dialogs')
  const bulk = useTranslations('bulk.form')
  const words = useTranslations('reports')
  const text = (key: string) => String(values[key] ?? '')
  const set = (key: string) => (value: unknown) => onChange({ [key]: value })
  const area = (key: string, label: string, required = false) => (
    <FormField label={label} required={required}>
      {(field) => (
        <TextArea {...field} value={text(key)} onChange={(event) => onChange({ [key]: event.target.value })} />
      )}
    </FormField>
  )
  const line = (key: string, label: string) => (
    <FormField label={label} required>
      {(field) => (
        <TextInput {...field} value={text(key)} onChange={(event) => onChange({ [key]: event.target.value })} />
      )}
    </FormField>
  )
  switch (name) {
    case 'assign':
    case 'transfer':
      return (
        <>
          <AgencyField
            label={t('agency')}
            hint={t('agencyHint')}
            required
            value={text('agencyId')}
            onChange={set('agencyId')}
            autoFocus
          />
          {name === 'assign' ? area('note', t('note')) : area('reason', t('reason'), true)}
        </>
      )
    case 'assign_person':
      return (
        <PersonField
          label={t('person')}
          hint={bulk('personHint')}
          required
          reportId={ids[0] ?? 0}
          value={text('accountId')}
          onChange={(id) => onChange({ accountId: id || undefined })}
          autoFocus
        />
      )
    case 'change_category':
      return (
        <CategoryField
          label={t('category')}
          required
          value={text('categoryCode')}
          onChange={set('categoryCode')}
          autoFocus
        />
      )
    case 'change_severity': {
      const options = severities.map((value) => ({
        value,
        label: words(`severities.${value}`),
        tone: statusInk(value),
      }))
      return (
        <>
          <Choice
            label={t('severity')}
            required
            options={options}
            value={text('severity') as never}
            onChange={set('severity')}
            autoFocus
          />
          {area('reason', t('reason'))}
        </>
      )
    }
    case 'change_tags':
      return (
        <>
          <TagsField
            label={bulk('add')}
            hint={bulk('tagsHint')}
            value={values.add as string[]}
            onChange={set('add')}
            autoFocus
          />
          <TagsField label={bulk('remove')} value={values.remove as string[]} onChange={set('remove')} />
        </>
      )
    case 'link_incident':
      return (
        <IncidentField
          label={t('incident')}
          required
          value={text('incidentId')}
          onChange={(id) => onChange({ incidentId: id || undefined })}
          autoFocus
        />
      )
    case 'reject': {
      const reason = text('reason') as RejectReason | ''
      const options = rejectReasons.map((value) => ({ value, label: words(`rejectReasons.${value}`) }))
      return (
        <>
          <Choice
            label={t('rejectReason')}
            required
            options={options}
            value={reason}
            onChange={set('reason')}
            autoFocus
          />
          {reason !== '' && needsAnswer(reason) && area('answer', t('rejectAnswer'), true)}
        </>
      )
    }
    case 'answer':
      return (
        <>
          <TemplateField
            ids={ids}
            onChoose={({ body, outcome }) => onChange({ what: body, ...outcomeWithText(outcome) })}
          />
          <p className={styles.hint}>
            {bulk('answerHint', { variables: batchVariables.map((each) => `{{${each}}}`).join(' ') })}
          </p>
          {area('what', bulk('what'), true)}
          {line('where', bulk('where'))}
          {line('when', bulk('when'))}
          {area('next', bulk('next'))}
          <OutcomeFields value={values as OutcomeDraft} onChange={onChange} />
        </>
      )
  }
}

function TemplateField({ ids, onChoose }: { ids: readonly number[]; onChoose: (template: OfferedTemplate) => void }) {
  const t = useTranslations('bulk.form')
  const client = useTRPCClient()
  const { data } = useQuery({
    queryKey: ['bulk-templates', ids],
    queryFn: () => client.bulk.templates.mutate({ reportIds: [...ids] }),
    staleTime: 300_000,
  })
  return (
    <FormField label={t('template')}>
      {(field) => (
        <OptionPicker
          field={field}
          options={data?.map(({ id, name }) => ({ id, label: name }))}
          value={null}
          onChange={(id) => {
            const chosen = data?.find((template) => template.id === id)
            if (chosen) onChoose(chosen)
          }}
          placeholder={t('noTemplate')}
        />
      )}
    </FormField>
  )
}
