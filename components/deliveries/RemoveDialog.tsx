'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { GatewayRow } from '#server/deliveries/queries/gateways.ts'

type Props = { gateway: GatewayRow; onDone: () => void; onClose: () => void }

export function RemoveDialog({ gateway: { id, version, name }, onDone, onClose }: Props) {
  const t = useTranslations('deliveries.gateways')
  const trpc = useTRPC()
  const toast = useToast()
  const textOf = useRefusalText()
  const { mutateAsync, isPending } = useMutation(trpc.gateways.remove.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const remove = () => {
    const run = async () => {
      await mutateAsync({ id, version })
      toast({ text: t('done.removed', { name }), tone: 'success' })
      onDone()
      onClose()
    }
    void attempt({ run, onRefused: (error) => toast({ text: textOf(error), tone: 'failure' }) })
  }
  return (
    <>
      <ConfirmDialog
        open
        title={t('removeDialog.title', { name })}
        confirmLabel={t('removeDialog.confirm')}
        tone="danger"
        busy={isPending}
        onConfirm={remove}
        onClose={onClose}
      >
        {t('removeDialog.sentence')}
      </ConfirmDialog>
      {dialog}
    </>
  )
}
