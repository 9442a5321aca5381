'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { GatewayRow } from '#server/deliveries/queries/gateways.ts'
import { placeholderOf } from '#server/deliveries/rules/template.ts'
import type { ShownSecret } from './SigningSecretDialog.tsx'

type Props = { gateway: GatewayRow; onDone: (made: ShownSecret | null) => void; onClose: () => void }

/** Replaces a secret: an administrator types that of a provider, the desk generates that of a partner's program. */
export function SecretDialog({ gateway: { id, version, name, kind, secrets }, onDone, onClose }: Props) {
  const t = useTranslations('deliveries.gateways')
  const trpc = useTRPC()
  const toast = useToast()
  const textOf = useRefusalText()
  const [secret, setSecret] = useState('')
  const first = secrets.find(({ isSet }) => !isSet) ?? secrets[0]
  const [which, setWhich] = useState(first?.name ?? null)
  const { mutateAsync, isPending } = useMutation(trpc.gateways.replaceSecret.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const submit = () => {
    const run = async () => {
      const { signingSecret } = await mutateAsync({ id, version, secret, name: which })
      toast({ text: t('done.secret', { name }), tone: 'success' })
      onDone(signingSecret === null ? null : { name, secret: signingSecret })
    }
    void attempt({ run, onRefused: (error) => toast({ text: textOf(error), tone: 'failure' }) })
  }
  return (
    <>
      <ConfirmDialog
        open
        title={t('secretDialog.title', { name })}
        confirmLabel={t('secretDialog.confirm')}
        busy={isPending}
        onConfirm={submit}
        onClose={onClose}
      >
        <p>{kind === 'app' ? t('secretDialog.sentenceApp') : t('secretDialog.sentence')}</p>
        {(secrets.length > 1 || which !== null) && (
          <FormField label={t('secretDialog.which')}>
            {(field) => (
              <SelectInput {...field} value={which ?? ''} onChange={(event) => setWhich(event.target.value || null)}>
                {secrets.map(({ name: each, isSet }) => (
                  <option key={each} value={each ?? ''}>
                    {isSet ? placeholderOf(each) : t('secretDialog.missing', { name: placeholderOf(each) })}
                  </option>
                ))}
              </SelectInput>
            )}
          </FormField>
        )}
        {kind !== 'app' && (
          <FormField label={t('form.secret')} hint={t('form.secretHint')}>
            {(field) => (
              <TextInput
                {...field}
                type="password"
                autoComplete="new-password"
                value={secret}
                onChange={(event) => setSecret(event.target.value)}
              />
            )}
          </FormField>
        )}
      </ConfirmDialog>
      {dialog}
    </>
  )
}
