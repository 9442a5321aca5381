'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Risk } from '#server/insights/rules/today.ts'
import { OwnerField } from './OwnerField.tsx'

/** Reminds the owner of a risk; of several owners one is chosen in a dialog first. */
export function useReminder(risk: Risk, scope: string | null) {
  const t = useTranslations('today.remind')
  const format = useFormat()
  const trpc = useTRPC()
  const router = useRouter()
  const toast = useToast()
  const refusalOf = useRefusalText()
  const [chosen, choose] = useState<string | null>(null)
  const owners = risk.owners.filter(({ mayAct, reminded }) => mayAct && !reminded?.isOwn)
  const [first] = owners
  const remind = useMutation(
    trpc.insights.remind.mutationOptions({
      onSuccess: ({ at, isNew }, { agency }) => {
        const name = risk.owners.find(({ id }) => id === agency)?.shortName ?? ''
        toast({ text: t(isNew ? 'done' : 'before', { agency: name, time: format.time(at) }), tone: 'success' })
        choose(null)
        router.refresh()
      },
      onError: (error) => toast({ text: refusalOf(error), tone: 'failure' }),
    }),
  )
  const send = (agency: string) => remind.mutate({ risk: risk.id, agency, scope })
  return {
    isOpen: first !== undefined,
    isBusy: remind.isPending,
    start: () => first && (owners.length === 1 ? send(first.id) : choose(first.id)),
    dialog: (
      <ConfirmDialog
        open={chosen !== null}
        title={t('title')}
        confirmLabel={t('send')}
        busy={remind.isPending}
        onConfirm={() => chosen && send(chosen)}
        onClose={() => choose(null)}
      >
        <OwnerField owners={owners} value={chosen ?? ''} onChange={choose} />
      </ConfirmDialog>
    ),
  }
}
