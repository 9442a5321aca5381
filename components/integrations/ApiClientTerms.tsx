'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import type { ApiClientRow } from '#server/api-clients/queries/clients.ts'
import { clientPermissions } from '#server/api-clients/rules/api-client.ts'
import { changeClientInput } from '#server/api-clients/rules/schemas.ts'
import { ClientFields } from './ClientFields.tsx'

type Props = { client: ApiClientRow; onClose: () => void }

/** Changes the name, permissions and limits of an API client; its keys stay valid. */
export function ApiClientTerms({ client, onClose }: Props) {
  const t = useTranslations('integrations')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const [refusal, setRefusal] = useState<unknown>(null)
  const { mutateAsync, isPending } = useMutation(trpc.apiClients.change.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const { id, version, name, requestsPerMinute, reportsPerDay, extendedStatuses } = client
  const form = useForm(changeClientInput, {
    ...{ id, version, name },
    permissions: clientPermissions.filter((permission) => client.permissions.includes(permission)),
    requestsPerMinute: requestsPerMinute as number | null,
    reportsPerDay: reportsPerDay as number | null,
    extendedStatuses,
  })
  const refresh = () => queries.invalidateQueries(trpc.apiClients.list.pathFilter())
  const submit = () => {
    const input = form.check()
    if (!input) return
    const run = async () => {
      await mutateAsync(input)
      void refresh()
      toast({ text: t('done.changed', { name: input.name }), tone: 'success' })
      onClose()
    }
    void attempt({ run, onRefused: setRefusal })
  }
  const keep = (seen: number) => {
    form.set('version', seen)
    setRefusal(null)
  }
  const take = async () => {
    await refresh()
    onClose()
  }
  return (
    <FormSheet
      title={t('form.editTitle', { name })}
      submitLabel={common('save')}
      busy={isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={refusal} onKeep={keep} onTake={take} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <ClientFields values={form.values} problems={form.problems} onChange={form.change} />
      {dialog}
    </FormSheet>
  )
}
