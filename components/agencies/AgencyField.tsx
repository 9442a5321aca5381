'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'

type Props = {
  label: string
  value: string | null
  /** The name to show for a value that is no longer in office. */
  endedName?: string | null
  onChange: (agencyId: string | null) => void
  hint?: string
  error?: string | undefined
  placeholder?: string
}

const hour = 3_600_000

/** An agency in office, found by typing a few letters of its name. */
export function AgencyField({ label, value, endedName, onChange, hint, error, placeholder }: Props) {
  const t = useTranslations('agencies')
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.agencies.valid.queryOptions(), staleTime: hour })
  const options = useMemo(() => {
    const inOffice = data?.map(({ id, name, shortName }) => ({ id, label: name, note: shortName, also: id }))
    const isEnded = inOffice && value !== null && !inOffice.some(({ id }) => id === value)
    return isEnded ? [{ id: value, label: endedName ?? value }, ...inOffice] : inOffice
  }, [data, value, endedName])
  return (
    <FormField label={label} hint={hint} error={error}>
      {(field) => (
        <OptionPicker
          field={field}
          options={options}
          value={value}
          onChange={onChange}
          placeholder={placeholder ?? t('search')}
        />
      )}
    </FormField>
  )
}
