'use client'

import { useTranslations } from 'next-intl'
import { FormField } from '#components/ui/FormField.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { useAreaOptions } from './use-area-options.ts'

type Props = { value: number | null; onChange: (areaId: number | null) => void; hint?: string | undefined }

/** One commune, found by typing a few letters of its name. */
export function AreaField({ value, onChange, hint }: Props) {
  const t = useTranslations('areas')
  const options = useAreaOptions()
  return (
    <FormField label={t('one')} hint={hint}>
      {(field) => (
        <OptionPicker
          field={field}
          options={options}
          value={value === null ? null : String(value)}
          onChange={(id) => onChange(id === null ? null : Number(id))}
          placeholder={t('search')}
        />
      )}
    </FormField>
  )
}
