'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CheckField } from '#components/ui/CheckField.tsx'
import { CheckGroup } from '#components/ui/CheckGroup.tsx'
import { CountField } from '#components/ui/CountField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import type { Problems } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import { clientPermissions } from '#server/api-clients/rules/api-client.ts'

type ClientPermission = (typeof clientPermissions)[number]
export type Terms = {
  name: string
  permissions: ClientPermission[]
  requestsPerMinute: number | null
  reportsPerDay: number | null
  extendedStatuses: boolean
}

type Props = {
  values: Terms
  problems: Problems
  onChange: (changed: Partial<Terms>) => void
  /** Shown between the name and the permissions. */
  children?: ReactNode
}

const counts = [
  { field: 'requestsPerMinute', unit: 'requestsUnit' },
  { field: 'reportsPerDay', unit: 'reportsUnit' },
] as const

/** The name, permissions and limits of an API client. */
export function ClientFields({ values, problems, onChange, children }: Props) {
  const t = useTranslations('integrations')
  const problemOf = useProblemText()
  return (
    <>
      <FormField label={t('form.name')} hint={t('form.nameHint')} error={problemOf(problems.name)} required>
        {(field) => (
          <TextInput
            {...field}
            autoFocus
            value={values.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </FormField>
      {children}
      <CheckGroup
        legend={t('form.permissions')}
        choices={clientPermissions}
        labelOf={(permission) => t(`permissions.${permission}`)}
        value={values.permissions}
        error={problemOf(problems.permissions)}
        onChange={(chosen) => onChange({ permissions: chosen })}
      />
      {counts.map(({ field, unit }) => (
        <CountField
          key={field}
          label={t(`form.${field}`)}
          unit={t(`form.${unit}`)}
          value={values[field]}
          error={problemOf(problems[field])}
          onChange={(count) => onChange({ [field]: count })}
        />
      ))}
      <CheckField
        label={t('form.extendedStatuses')}
        hint={t('form.extendedStatusesHint')}
        checked={values.extendedStatuses}
        onChange={(isOn) => onChange({ extendedStatuses: isOn })}
      />
    </>
  )
}
