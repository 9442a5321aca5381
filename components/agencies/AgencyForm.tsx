'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import {
  type AgencyFields,
  type AgencyKind,
  agencyFields,
  agencyKinds,
  createAgencyInput,
} from '#server/agencies/rules/agency.ts'
import type { AgencyRow } from '#server/organisation/queries.ts'
import { AgencyField } from './AgencyField.tsx'
import { useAgencySaved } from './use-agency-saved.ts'

export type CalendarChoice = { id: string; name: string }
type Props = {
  /** Null for a new agency below `parentId`. */
  agency: AgencyRow | null
  parentId: string | null
  calendars: readonly CalendarChoice[]
  onClose: () => void
}

export function AgencyForm({ agency, parentId, calendars, onClose }: Props) {
  const t = useTranslations('agencies.admin.form')
  const kinds = useTranslations('agencies.kinds')
  const common = useTranslations('common')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const { saved, take } = useAgencySaved(onClose)
  const form = useForm<AgencyFields, AgencyFields>(agencyFields, fieldsOf(agency, parentId, calendars))
  const [code, setCode] = useState('')
  const [codeProblem, setCodeProblem] = useState<string | undefined>()
  const [version, setVersion] = useState(agency?.version ?? 0)
  const { values, problems, set } = form
  const create = useMutation(
    trpc.organisation.create.mutationOptions({ onSuccess: () => saved('created', values.shortName) }),
  )
  const change = useMutation(
    trpc.organisation.change.mutationOptions({ onSuccess: () => saved('changed', values.shortName) }),
  )
  const save = agency ? change : create
  const isCity = agency?.parentId === null

  const submit = () => {
    const fields = form.check()
    const id = createAgencyInput.shape.id.safeParse(code)
    setCodeProblem(agency ? undefined : id.error?.issues[0]?.message)
    if (!fields) return
    if (agency) change.mutate({ id: agency.id, version, fields })
    else if (id.success) create.mutate({ id: id.data, fields })
  }
  const keep = (newer: number) => {
    setVersion(newer)
    change.reset()
  }
  const errorOf = (field: keyof AgencyFields) => problemOf(problems[field])

  return (
    <FormSheet
      title={agency ? t('editTitle') : t('addTitle')}
      submitLabel={agency ? common('save') : common('add')}
      busy={save.isPending}
      isChanged={form.isChanged || code !== ''}
      refusal={<SaveRefusal error={save.error} onKeep={keep} onTake={take} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label={t('name')} error={errorOf('name')} required>
        {(field) => <TextInput {...field} value={values.name} onChange={(event) => set('name', event.target.value)} />}
      </FormField>
      <FormField label={t('shortName')} hint={t('shortNameHint')} error={errorOf('shortName')} required>
        {(field) => (
          <TextInput {...field} value={values.shortName} onChange={(event) => set('shortName', event.target.value)} />
        )}
      </FormField>
      {!agency && (
        <FormField label={t('code')} hint={t('codeHint')} error={problemOf(codeProblem)} required>
          {(field) => (
            <TextInput
              {...field}
              value={code}
              maxLength={40}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </FormField>
      )}
      <FormField label={t('kind')}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.kind}
            onChange={(event) => set('kind', event.target.value as AgencyKind)}
          >
            {agencyKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kinds(kind)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      {!isCity && (
        <AgencyField
          label={t('parent')}
          value={values.parentId}
          hint={agency ? t('parentHint') : undefined}
          error={errorOf('parentId')}
          onChange={(id) => set('parentId', id)}
        />
      )}
      <FormField label={t('calendar')} hint={agency ? t('calendarHint') : undefined}>
        {(field) => (
          <SelectInput {...field} value={values.calendarId} onChange={(event) => set('calendarId', event.target.value)}>
            {calendars.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <FormField label={t('areaCode')} hint={t('areaCodeHint')} error={errorOf('areaCode')}>
        {(field) => (
          <TextInput
            {...field}
            inputMode="numeric"
            maxLength={5}
            value={values.areaCode ?? ''}
            onChange={(event) => set('areaCode', event.target.value)}
          />
        )}
      </FormField>
      <DateField
        label={t('validFrom')}
        value={values.validFrom}
        hint={t('validFromHint')}
        error={errorOf('validFrom')}
        onChange={(day) => set('validFrom', day)}
      />
      <CheckField
        label={t('onlyAssigneeAnswers')}
        hint={t('onlyAssigneeAnswersHint')}
        checked={values.onlyAssigneeAnswers}
        onChange={(checked) => set('onlyAssigneeAnswers', checked)}
      />
    </FormSheet>
  )
}

function fieldsOf(
  agency: AgencyRow | null,
  parentId: string | null,
  calendars: readonly CalendarChoice[],
): AgencyFields {
  if (agency) {
    const { name, shortName, kind, calendarId, areaCode, validFrom, onlyAssigneeAnswers } = agency
    return { name, shortName, kind, parentId, calendarId, areaCode, validFrom, onlyAssigneeAnswers }
  }
  const calendarId = calendars[0]?.id ?? ''
  const empty = { name: '', shortName: '', areaCode: null, validFrom: null, onlyAssigneeAnswers: false }
  return { ...empty, kind: 'don_vi_dich_vu', parentId, calendarId }
}
