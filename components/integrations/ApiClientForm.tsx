'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { agencyOptions } from '#components/accounts/agency-options.ts'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { CheckField } from '#components/ui/CheckField.tsx'
import { CountField } from '#components/ui/CountField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import {
  type ClientChannel,
  clientChannels,
  clientPermissions,
  usualPermissions,
} from '#server/api-clients/rules/api-client.ts'
import { createClientInput } from '#server/api-clients/rules/schemas.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import styles from './ApiClients.module.css'
import type { ShownKey } from './KeyDialog.tsx'

type Props = { onMade: (made: ShownKey) => void; onClose: () => void }

const counts = [
  { field: 'requestsPerMinute', unit: 'requestsUnit' },
  { field: 'reportsPerDay', unit: 'reportsUnit' },
  { field: 'keyDays', unit: 'daysUnit' },
] as const

/** A new connected system; its key is shown when it has been added. */
export function ApiClientForm({ onMade, onClose }: Props) {
  const t = useTranslations('integrations')
  const channels = useTranslations('reports.channels')
  const problemOf = useProblemText()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const agencies = useQuery(trpc.apiClients.agencies.queryOptions())
  const [refusal, setRefusal] = useState<unknown>(null)
  const { mutateAsync, isPending } = useMutation(trpc.apiClients.create.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const form = useForm(createClientInput, {
    name: '',
    agencyId: '',
    channel: 'open311' as ClientChannel,
    permissions: [...usualPermissions],
    requestsPerMinute: apiLimits.client.requestsPerMinute.usual as number | null,
    reportsPerDay: apiLimits.client.reportsPerDay.usual as number | null,
    keyDays: apiLimits.key.usualDays as number | null,
  })
  const { values, problems, set } = form
  const submit = () => {
    const input = form.check()
    if (!input) return
    const run = async () => onMade({ name: input.name, ...(await mutateAsync(input)) })
    void attempt({ run, onRefused: setRefusal })
  }
  return (
    <FormSheet
      title={t('form.title')}
      submitLabel={t('form.submit')}
      busy={isPending}
      isChanged={form.isChanged}
      refusal={
        refusal !== null && (
          <p role="alert" className={styles.problem}>
            {refusalText(refusal)}
          </p>
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label={t('form.name')} hint={t('form.nameHint')} error={problemOf(problems.name)} required>
        {(field) => (
          <TextInput {...field} autoFocus value={values.name} onChange={(event) => set('name', event.target.value)} />
        )}
      </FormField>
      <FormField label={t('form.agency')} error={problemOf(problems.agencyId)} required>
        {(field) => (
          <OptionPicker
            field={field}
            options={agencies.data && agencyOptions(agencies.data, (day) => day)}
            value={values.agencyId || null}
            placeholder={t('form.chooseAgency')}
            onChange={(id) => set('agencyId', id ?? '')}
          />
        )}
      </FormField>
      <FormField label={t('form.channel')} hint={t('form.channelHint')}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.channel}
            onChange={(event) => set('channel', event.target.value as ClientChannel)}
          >
            {clientChannels.map((channel) => (
              <option key={channel} value={channel}>
                {channels(channel)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t('form.permissions')}</legend>
        {clientPermissions.map((permission) => (
          <CheckField
            key={permission}
            label={t(`permissions.${permission}`)}
            checked={values.permissions.includes(permission)}
            onChange={(checked) =>
              set(
                'permissions',
                clientPermissions.filter((each) => (each === permission ? checked : values.permissions.includes(each))),
              )
            }
          />
        ))}
        {problems.permissions && <p className={styles.problem}>{problemOf(problems.permissions)}</p>}
      </fieldset>
      {counts.map(({ field, unit }) => (
        <CountField
          key={field}
          label={t(`form.${field}`)}
          unit={t(`form.${unit}`)}
          value={values[field]}
          error={problemOf(problems[field])}
          onChange={(count) => set(field, count)}
        />
      ))}
      {dialog}
    </FormSheet>
  )
}
