'use client'

import { useTranslations } from 'next-intl'
import { FormField } from '#components/ui/FormField.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { useAreaOptions } from './use-area-options.ts'

type Props = {
  value: readonly number[]
  onChange: (areaIds: number[]) => void
  hint?: string
  error?: string | undefined
}

/** Several communes, found by typing a few letters of their names. */
export function AreasField({ value, onChange, hint, error }: Props) {
  const t = useTranslations('areas')
  const options = useAreaOptions()
  return (
    <FormField label={t('field')} hint={hint} error={error}>
      {(field) => (
        <OptionPicker
          multiple
          field={field}
          options={options}
          value={value.map(String)}
          onChange={(ids) => onChange(ids.map(Number))}
          placeholder={t('search')}
        />
      )}
    </FormField>
  )
}
