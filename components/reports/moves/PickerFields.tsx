'use client'

import { useTranslations } from 'next-intl'
import { FormField } from '#components/ui/FormField.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { useCategoryOptions, useColleagueOptions, useIncidentOptions, useUsualAgencyOptions } from './use-options.ts'

export type PickerProps = {
  label: string
  hint?: string | undefined
  error?: string | undefined
  required: boolean
  value: string
  onChange: (value: string | null, name?: string) => void
  autoFocus?: boolean
}

type Choice = { options: readonly PickerOption[] | undefined; placeholder?: string; sends?: boolean }

export function PickerField(props: PickerProps & Choice) {
  const {
    label,
    hint,
    error,
    required,
    value,
    onChange,
    options,
    placeholder,
    autoFocus = false,
    sends = false,
  } = props
  return (
    <FormField label={label} hint={hint} error={error} required={required}>
      {(field) => (
        <OptionPicker
          field={field}
          options={options}
          value={value || null}
          onChange={(id) => {
            const name = options?.find((option) => option.id === id)?.label
            onChange(id ?? (required ? '' : null), name ?? '')
          }}
          autoFocus={autoFocus}
          clearable={!required}
          sends={sends}
          {...(placeholder && { placeholder })}
        />
      )}
    </FormField>
  )
}

export function AgencyField(props: PickerProps) {
  return <PickerField {...props} options={useUsualAgencyOptions()} />
}

export function CategoryField(props: PickerProps) {
  return <PickerField {...props} options={useCategoryOptions()} required />
}

export function IncidentField(props: PickerProps) {
  const t = useTranslations('report.dialogs')
  return <PickerField {...props} options={useIncidentOptions()} placeholder={t('noIncident')} />
}

export function PersonField({ reportId, ...props }: PickerProps & { reportId: number }) {
  const t = useTranslations('report.dialogs')
  return <PickerField {...props} options={useColleagueOptions(reportId)} placeholder={t('nobody')} />
}
