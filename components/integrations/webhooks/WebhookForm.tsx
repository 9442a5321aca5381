'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { agencyOptions } from '#components/accounts/agency-options.ts'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { PropertyList } from '#components/ui/PropertyList.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import { type WebhookKind, webhookKinds } from '#server/webhooks/rules/kinds.ts'
import { createWebhookInput } from '#server/webhooks/rules/schemas.ts'
import type { ShownSecret } from './SecretDialog.tsx'
import { useScopeFact } from './use-scope-fact.tsx'
import styles from './Webhooks.module.css'
import { useKindWords } from './words.ts'

type Props = {
  /** If absent, the form adds a webhook. */
  webhook?: WebhookRow
  onMade?: (made: ShownSecret) => void
  onChanged?: (name: string) => void
  onClose: () => void
}

export function WebhookForm({ webhook, onMade, onChanged, onClose }: Props) {
  const t = useTranslations('webhooks')
  const kindWords = useKindWords()
  const scopeFact = useScopeFact()
  const problemOf = useProblemText()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const isNew = webhook === undefined
  const agencies = useQuery(trpc.apiClients.agencies.queryOptions(undefined, { enabled: isNew }))
  const clients = useQuery(trpc.webhooks.clients.queryOptions(undefined, { enabled: isNew }))
  const [refusal, setRefusal] = useState<unknown>(null)
  const create = useMutation(trpc.webhooks.create.mutationOptions())
  const change = useMutation(trpc.webhooks.change.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const form = useForm(createWebhookInput, {
    name: webhook?.name ?? '',
    address: webhook?.address ?? '',
    kinds: (webhook?.kinds ?? webhookKinds) as WebhookKind[],
    agencyId: webhook?.agencyId ?? null,
    clientId: webhook?.clientId ?? null,
  })
  const { values, problems, set } = form
  const submit = () => {
    const input = form.check()
    if (!input) return
    const run = async () => {
      if (webhook) {
        await change.mutateAsync({ ...input, id: webhook.id, version: webhook.version })
        onChanged?.(input.name)
      } else onMade?.({ name: input.name, secret: (await create.mutateAsync(input)).secret })
    }
    void attempt({ run, onRefused: setRefusal })
  }
  return (
    <FormSheet
      title={t(webhook ? 'form.change' : 'form.add')}
      submitLabel={t(webhook ? 'form.submitChange' : 'form.submitAdd')}
      busy={create.isPending || change.isPending}
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
      <FormField label={t('form.address')} hint={t('form.addressHint')} error={problemOf(problems.address)} required>
        {(field) => (
          <TextInput
            {...field}
            type="url"
            spellCheck={false}
            value={values.address}
            onChange={(event) => set('address', event.target.value)}
          />
        )}
      </FormField>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t('form.kinds')}</legend>
        {webhookKinds.map((kind) => (
          <CheckField
            key={kind}
            label={kindWords(kind)}
            checked={values.kinds.includes(kind)}
            onChange={(checked) =>
              set(
                'kinds',
                webhookKinds.filter((each) => (each === kind ? checked : values.kinds.includes(each))),
              )
            }
          />
        ))}
        {problems.kinds && <p className={styles.problem}>{problemOf(problems.kinds)}</p>}
      </fieldset>
      {isNew ? (
        <>
          <FormField label={t('form.agency')} error={problemOf(problems.agencyId)}>
            {(field) => (
              <OptionPicker
                field={field}
                options={agencies.data && agencyOptions(agencies.data, (day) => day)}
                value={values.agencyId}
                placeholder={t('wholeCity')}
                clearable
                onChange={(id) => set('agencyId', id)}
              />
            )}
          </FormField>
          <FormField label={t('form.client')} hint={t('form.clientHint')} error={problemOf(problems.clientId)}>
            {(field) => (
              <OptionPicker
                field={field}
                options={clients.data?.map(({ id, name }) => ({ id, label: name }))}
                value={values.clientId}
                placeholder={t('form.anyClient')}
                clearable
                onChange={(id) => set('clientId', id)}
              />
            )}
          </FormField>
        </>
      ) : (
        <div>
          <PropertyList items={[scopeFact(webhook)]} />
          <p className={styles.quiet}>{t('form.scopeFixed')}</p>
        </div>
      )}
      {dialog}
    </FormSheet>
  )
}
