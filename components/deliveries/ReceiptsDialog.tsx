'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { GatewayRow } from '#server/deliveries/queries/gateways.ts'
import type { ShownSecret } from './SigningSecretDialog.tsx'

type Props = { gateway: GatewayRow; onDone: (made: ShownSecret) => void; onClose: () => void }

/** Gives the provider an address at which it reports what became of messages. */
export function ReceiptsDialog({ gateway: { id, version, name }, onDone, onClose }: Props) {
  const t = useTranslations('deliveries.gateways')
  const trpc = useTRPC()
  const toast = useToast()
  const textOf = useRefusalText()
  const { mutateAsync, isPending } = useMutation(trpc.gateways.readdressReceipts.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const submit = () => {
    const run = async () => {
      const { address } = await mutateAsync({ id, version })
      toast({ text: t('done.receipts', { name }), tone: 'success' })
      onDone({ name, secret: address, isAddress: true })
    }
    void attempt({ run, onRefused: (error) => toast({ text: textOf(error), tone: 'failure' }) })
  }
  return (
    <>
      <ConfirmDialog
        open
        title={t('receiptsDialog.title', { name })}
        confirmLabel={t('receiptsDialog.confirm')}
        busy={isPending}
        onConfirm={submit}
        onClose={onClose}
      >
        <p>{t('receiptsDialog.sentence')}</p>
      </ConfirmDialog>
      {dialog}
    </>
  )
}
