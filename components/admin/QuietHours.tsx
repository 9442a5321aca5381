'use client'

import { useTranslations } from 'next-intl'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'

type Time = 'quietFrom' | 'quietTo'
type Props = Record<Time, string> & { onChange: (key: Time, time: string) => void }

export function QuietHours({ onChange, ...times }: Props) {
  const t = useTranslations('admin.settings')
  return (['quietFrom', 'quietTo'] as const).map((key) => (
    <FormField key={key} label={t(key)} hint={key === 'quietTo' ? t('quietHint') : undefined}>
      {(field) => (
        <TextInput
          {...field}
          type="time"
          value={times[key]}
          onChange={(event) => event.target.value && onChange(key, event.target.value)}
        />
      )}
    </FormField>
  ))
}
