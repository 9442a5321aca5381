'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AgencyField } from '#components/agencies/AgencyField.tsx'
import { HoursField } from '#components/calendars/HoursField.tsx'
import { useLimitWords } from '#components/calendars/use-limit-words.ts'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { CountField } from '#components/ui/CountField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Category, CategoryGroup } from '#server/categories/queries.ts'
import { type CategoryFields, categoryFields } from '#server/categories/rules/schemas.ts'
import { type Severity, severities } from '#server/categories/rules/severity.ts'
import styles from './CategoryForm.module.css'
import { useSaved } from './use-saved.ts'

type Props = { group: CategoryGroup; category: Category | null; onClose: () => void }

const reminders = ['headAfterDays', 'cityAfterDays', 'forgottenAfterDays'] as const

/** What may be missing while it is typed. */
type CountKey = 'intakeMinutes' | 'normalMinutes' | 'urgentMinutes' | (typeof reminders)[number]
type Values = Omit<CategoryFields, CountKey> & Record<CountKey, number | null>

export function CategoryForm({ group, category, onClose }: Props) {
  const t = useTranslations('categories.form')
  const common = useTranslations('common')
  const severity = useTranslations('reports.severities')
  const agencies = useTranslations('agencies')
  const lengthOf = useLimitWords()
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const { refresh, saved } = useSaved(onClose)
  const form = useForm<Values, CategoryFields>(categoryFields, category ? fieldsOf(category) : freshFields)
  const [code, setCode] = useState(category?.code ?? `${group.code}-`)
  const [version, setVersion] = useState(category?.version ?? 0)
  const { values, problems, set } = form
  const add = useMutation(trpc.categories.add.mutationOptions({ onSuccess: () => saved('added', values.name) }))
  const change = useMutation(trpc.categories.change.mutationOptions({ onSuccess: () => saved('changed', values.name) }))
  const save = category ? change : add

  const submit = () => {
    const fields = form.check()
    if (!fields) return
    if (category) change.mutate({ code: category.code, version, fields })
    else add.mutate({ code, parentCode: group.code, fields })
  }
  const keep = (newer: number) => {
    setVersion(newer)
    change.reset()
  }
  const take = async () => {
    await refresh()
    onClose()
  }
  const errorOf = (field: keyof Values) => problemOf(problems[field])

  return (
    <FormSheet
      title={category ? t('editTitle', { code: category.code }) : t('addTitle')}
      submitLabel={category ? common('save') : common('add')}
      busy={save.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={save.error} onKeep={keep} onTake={take} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {!category && (
        <FormField label={t('code')} hint={t('codeHint', { group: group.code })} required>
          {(field) => (
            <TextInput
              {...field}
              value={code}
              maxLength={5}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setCode(event.target.value.toUpperCase())}
            />
          )}
        </FormField>
      )}
      <FormField label={t('name')} error={errorOf('name')} required>
        {(field) => <TextInput {...field} value={values.name} onChange={(event) => set('name', event.target.value)} />}
      </FormField>
      <FormField label={t('nameEn')} error={errorOf('nameEn')} required>
        {(field) => (
          <TextInput
            {...field}
            lang="en"
            value={values.nameEn}
            onChange={(event) => set('nameEn', event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('severity')}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.defaultSeverity}
            onChange={(event) => set('defaultSeverity', event.target.value as Severity)}
          >
            {severities.map((each) => (
              <option key={each} value={each}>
                {severity(each)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <fieldset className={styles.limits}>
        <legend>{t('limits')}</legend>
        <HoursField
          label={t('normal')}
          value={values.normalMinutes}
          error={errorOf('normalMinutes')}
          required
          onChange={(minutes) => set('normalMinutes', minutes)}
        />
        <HoursField
          label={t('complex')}
          value={values.complexMinutes}
          error={errorOf('complexMinutes')}
          hint={t('complexHint')}
          placeholder={values.normalMinutes ? lengthOf(2 * values.normalMinutes) : undefined}
          onChange={(minutes) => set('complexMinutes', minutes)}
        />
        <HoursField
          label={t('urgent')}
          value={values.urgentMinutes}
          error={errorOf('urgentMinutes')}
          hint={t('urgentHint')}
          required
          onChange={(minutes) => set('urgentMinutes', minutes)}
        />
        <HoursField
          label={t('intake')}
          value={values.intakeMinutes}
          error={errorOf('intakeMinutes')}
          hint={t('intakeHint')}
          required
          onChange={(minutes) => set('intakeMinutes', minutes)}
        />
        <p className={styles.hint}>{t('limitsHint')}</p>
      </fieldset>
      <fieldset className={styles.limits}>
        <legend>{t('reminders')}</legend>
        {reminders.map((key) => (
          <CountField
            key={key}
            label={t(key)}
            unit={t('workingDays')}
            value={values[key]}
            error={errorOf(key)}
            required
            onChange={(days) => set(key, days)}
          />
        ))}
        <p className={styles.hint}>{t('remindersHint')}</p>
      </fieldset>
      <AgencyField
        label={t('lead')}
        value={values.leadAgencyId}
        endedName={category?.leadAgencyName ?? null}
        hint={t('leadHint')}
        error={errorOf('leadAgencyId')}
        placeholder={agencies('local')}
        onChange={(id) => set('leadAgencyId', id)}
      />
      <CheckField
        label={t('needsApproval')}
        checked={values.needsApproval}
        onChange={(checked) => set('needsApproval', checked)}
      />
      <CheckField
        label={t('needsPhoto')}
        checked={values.needsPhoto}
        onChange={(checked) => set('needsPhoto', checked)}
      />
      <CheckField
        label={t('isActive')}
        hint={t('isActiveHint')}
        checked={values.isActive}
        onChange={(checked) => set('isActive', checked)}
      />
    </FormSheet>
  )
}

const freshFields: Values = {
  name: '',
  nameEn: '',
  isActive: true,
  defaultSeverity: 'normal',
  intakeMinutes: 480,
  normalMinutes: 2400,
  urgentMinutes: 240,
  complexMinutes: null,
  leadAgencyId: null,
  needsApproval: true,
  needsPhoto: false,
  headAfterDays: 1,
  cityAfterDays: 3,
  forgottenAfterDays: 2,
}

function fieldsOf(category: Category): Values {
  const { name, nameEn, isActive, defaultSeverity, intakeMinutes, normalMinutes } = category
  const { urgentMinutes, complexMinutes, leadAgencyId, needsApproval, needsPhoto } = category
  const { headAfterDays, cityAfterDays, forgottenAfterDays } = category
  return {
    name,
    nameEn,
    isActive,
    defaultSeverity,
    intakeMinutes,
    normalMinutes,
    urgentMinutes,
    complexMinutes,
    leadAgencyId,
    needsApproval,
    needsPhoto,
    headAfterDays,
    cityAfterDays,
    forgottenAfterDays,
  }
}
