'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { AgencyField } from '#components/agencies/AgencyField.tsx'
import { HoursField } from '#components/calendars/HoursField.tsx'
import { useLimitWords } from '#components/calendars/use-limit-words.ts'
import { useSaved } from '#components/events/use-saved.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { CountField } from '#components/ui/CountField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Category, CategoryGroup } from '#server/categories/queries.ts'
import { type CategoryFields, categoryFields } from '#server/categories/rules/schemas.ts'
import { type Severity, severities } from '#server/categories/rules/severity.ts'
import styles from './CategoryForm.module.css'
import { CategorySheet } from './CategorySheet.tsx'

type Props = { group: CategoryGroup; category: Category | null; onClose: () => void }

const reminders = ['headAfterDays', 'cityAfterDays', 'forgottenAfterDays'] as const

/** What may be missing while it is typed. */
type CountKey = 'intakeMinutes' | 'normalMinutes' | 'urgentMinutes' | (typeof reminders)[number]
type Values = Omit<CategoryFields, CountKey> & Record<CountKey, number | null>

export function CategoryForm({ group, category, onClose }: Props) {
  const t = useTranslations('categories.form')
  const done = useTranslations('categories.done')
  const severity = useTranslations('reports.severities')
  const agencies = useTranslations('agencies')
  const lengthOf = useLimitWords()
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const { saved, take } = useSaved([trpc.categories.pathFilter()], onClose)
  const form = useForm<Values, CategoryFields>(categoryFields, category ? fieldsOf(category) : freshFields)
  const { values, problems, set } = form
  const said = { name: values.name }
  const add = useMutation(trpc.categories.add.mutationOptions({ onSuccess: () => saved(done('added', said)) }))
  const change = useMutation(trpc.categories.change.mutationOptions({ onSuccess: () => saved(done('changed', said)) }))
  const errorOf = (field: keyof Values) => problemOf(problems[field])

  return (
    <CategorySheet
      title={category ? t('editTitle', { code: category.code }) : t('addTitle')}
      entry={category}
      code={{ initial: category?.code ?? `${group.code}-`, hint: t('codeHint', { group: group.code }), longest: 5 }}
      form={form}
      save={category ? change : add}
      onSave={(fields, { code, version }) =>
        category ? change.mutate({ code, version, fields }) : add.mutate({ code, parentCode: group.code, fields })
      }
      onTake={take}
      onClose={onClose}
    >
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
    </CategorySheet>
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
