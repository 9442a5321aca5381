'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import type { GatewayRow } from '#server/deliveries/queries/gateways.ts'
import type { SendResult } from '#server/deliveries/rules/delivery.ts'

type Props = { gateway: GatewayRow; onDone: () => void; onClose: () => void }

/** Sends a test message to a number or address of the administrator and shows the result. */
export function TestDialog({ gateway: { id, version, name, kind }, onDone, onClose }: Props) {
  const t = useTranslations('deliveries')
  const trpc = useTRPC()
  const textOf = useRefusalText()
  const [to, setTo] = useState('')
  const [said, setSaid] = useState<string | null>(null)
  const { mutateAsync, isPending } = useMutation(trpc.gateways.test.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const wordsOf = (result: SendResult) =>
    result.outcome === 'accepted'
      ? t('gateways.testDialog.accepted', { status: result.status })
      : t('gateways.testDialog.failed', { why: t(`failures.${result.failure}`) })
  const submit = () => {
    const run = async () => {
      setSaid(wordsOf(await mutateAsync({ id, version, to })))
      onDone()
    }
    void attempt({ run, onRefused: (error) => setSaid(textOf(error)) })
  }
  return (
    <>
      <ConfirmDialog
        open
        title={t('gateways.testDialog.title', { name })}
        confirmLabel={t('gateways.testDialog.confirm')}
        busy={isPending}
        onConfirm={submit}
        onClose={onClose}
      >
        {kind === 'app' ? (
          <p>{t('gateways.testDialog.sentenceApp')}</p>
        ) : (
          <FormField label={t(kind === 'mail' ? 'gateways.testDialog.mail' : 'gateways.testDialog.phone')} required>
            {(field) => (
              <TextInput
                {...field}
                type={kind === 'mail' ? 'email' : 'tel'}
                value={to}
                onChange={(event) => setTo(event.target.value)}
              />
            )}
          </FormField>
        )}
        <p role="status">{said}</p>
      </ConfirmDialog>
      {dialog}
    </>
  )
}
