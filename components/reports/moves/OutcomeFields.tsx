'use client'

import { useTranslations } from 'next-intl'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useNow } from '#components/ui/use-now.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { emptyOutcome, type OutcomeDraft, reminderDays, statedOutcomes } from '#server/reports/rules/outcome.ts'
import { Choice } from './Choice.tsx'

type Props = {
  value: OutcomeDraft
  onChange: (change: OutcomeDraft) => void
  /** What is missing is named once sending was tried. */
  isTried?: boolean
}

/** What became of the matter; of a plan the day, of a matter of others where it went. */
export function OutcomeFields({ value, onChange, isTried = false }: Props) {
  const t = useTranslations('report.answer')
  const words = useTranslations('reports')
  const errors = useTranslations('report.dialogs.errors')
  const today = localDayOf(useNow())
  const missing = (text: string) => (isTried && text.trim() === '' ? errors('required') : undefined)
  const isMissing = missing(value.outcome) !== undefined || (value.outcome === 'planned' && value.plannedFor === '')
  return (
    <>
      <div data-missing={isMissing || undefined}>
        <Choice
          label={t('outcome')}
          required
          options={statedOutcomes.map((outcome) => ({ value: outcome, label: words(`outcomes.${outcome}`) }))}
          value={value.outcome}
          onChange={(outcome) => onChange({ ...emptyOutcome, outcome })}
          error={missing(value.outcome)}
        />
      </div>
      {value.outcome === 'planned' && (
        <DateField
          label={t('plannedFor')}
          required
          value={value.plannedFor || null}
          min={today}
          error={missing(value.plannedFor)}
          hint={t('plannedForHint', { days: reminderDays })}
          onChange={(plannedFor) => onChange({ ...value, plannedFor: plannedFor ?? '' })}
        />
      )}
      {value.outcome === 'not_ours' && (
        <FormField label={t('referredTo')} required error={missing(value.referredTo)}>
          {(field) => (
            <TextInput
              {...field}
              maxLength={300}
              placeholder={t('referredToPlaceholder')}
              value={value.referredTo}
              onChange={(event) => onChange({ ...value, referredTo: event.target.value })}
            />
          )}
        </FormField>
      )}
    </>
  )
}
