'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Undelivered } from '#server/deliveries/queries/undelivered.ts'
import { toldInput } from '#server/deliveries/rules/schemas.ts'

type Props = { delivery: Undelivered; onDone: () => void; onClose: () => void }

/** Records, with a note, that staff have informed the reporter in person. */
export function ToldDialog({ delivery: { id, version, code }, onDone, onClose }: Props) {
  const t = useTranslations('deliveries.undelivered')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const toast = useToast()
  const textOf = useRefusalText()
  const form = useForm(toldInput, { id, version, note: '' })
  const tell = useMutation(
    trpc.deliveries.markTold.mutationOptions({
      onSuccess: () => toast({ text: t('done.told', { code }), tone: 'success' }),
      onError: (error) => toast({ text: textOf(error), tone: 'failure' }),
      onSettled: () => {
        onDone()
        onClose()
      },
    }),
  )
  const submit = () => {
    const input = form.check()
    if (input) tell.mutate(input)
  }
  return (
    <ConfirmDialog
      open
      title={t('toldDialog.title', { code })}
      confirmLabel={t('toldDialog.confirm')}
      busy={tell.isPending}
      onConfirm={submit}
      onClose={onClose}
    >
      <FormField
        label={t('toldDialog.note')}
        hint={t('toldDialog.hint')}
        error={problemOf(form.problems.note)}
        required
      >
        {(field) => (
          <TextArea {...field} value={form.values.note} onChange={(event) => form.set('note', event.target.value)} />
        )}
      </FormField>
    </ConfirmDialog>
  )
}
