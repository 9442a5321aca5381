'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'

type Props = {
  value: readonly number[]
  onChange: (areaIds: number[]) => void
  hint?: string
  error?: string | undefined
}

const hour = 3_600_000

/** Several communes, found by typing a few letters of their names. */
export function AreasField({ value, onChange, hint, error }: Props) {
  const t = useTranslations('areas')
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.areas.valid.queryOptions(), staleTime: hour })
  const options = useMemo(
    () => data?.map(({ id, name, code }) => ({ id: String(id), label: name, also: code })),
    [data],
  )
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
