'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TagPicker } from '#components/ui/TagPicker.tsx'

type Props = {
  label: string
  hint?: string | undefined
  error?: string | undefined
  value: readonly string[]
  onChange: (tags: string[]) => void
  autoFocus?: boolean
}

/** Free labels, with existing ones suggested, so that one matter does not get three names. */
export function TagsField({ label, hint, error, value, onChange, autoFocus = false }: Props) {
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.reports.usedTags.queryOptions(), staleTime: 300_000 })
  return (
    <FormField label={label} hint={hint} error={error}>
      {(field) => <TagPicker field={field} options={data} value={value} onChange={onChange} autoFocus={autoFocus} />}
    </FormField>
  )
}
