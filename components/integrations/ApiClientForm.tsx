'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { agencyOptions } from '#components/accounts/agency-options.ts'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { CountField } from '#components/ui/CountField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import { type ClientChannel, clientChannels, usualPermissions } from '#server/api-clients/rules/api-client.ts'
import { createClientInput } from '#server/api-clients/rules/schemas.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import styles from './ApiClients.module.css'
import { ClientFields } from './ClientFields.tsx'
import type { ShownKey } from './KeyDialog.tsx'

type Props = { onMade: (made: ShownKey) => void; onClose: () => void }

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
    extendedStatuses: false,
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
      <ClientFields values={values} problems={problems} onChange={form.change}>
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
      </ClientFields>
      <CountField
        label={t('form.keyDays')}
        unit={t('form.daysUnit')}
        value={values.keyDays}
        error={problemOf(problems.keyDays)}
        onChange={(count) => set('keyDays', count)}
      />
      {dialog}
    </FormSheet>
  )
}
