'use client'

import { useTranslations } from 'next-intl'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import type { RiskOwner } from '#server/insights/rules/today.ts'

type Props = { owners: readonly RiskOwner[]; value: string; onChange: (agency: string) => void }

/** Which of the agencies that have a part of a risk, each with how much of it. */
export function OwnerField({ owners, value, onChange }: Props) {
  const t = useTranslations('today')
  return (
    <FormField label={t('owner.label')}>
      {(field) => (
        <SelectInput {...field} value={value} onChange={(event) => onChange(event.target.value)}>
          {owners.map(({ id, name, count }) => (
            <option key={id} value={id}>
              {t('owner.of', { name, count })}
            </option>
          ))}
        </SelectInput>
      )}
    </FormField>
  )
}
