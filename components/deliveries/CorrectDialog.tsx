'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Undelivered } from '#server/deliveries/queries/undelivered.ts'
import { correctContactInput } from '#server/deliveries/rules/schemas.ts'
import styles from './Deliveries.module.css'

type Props = { delivery: Undelivered; onDone: () => void; onClose: () => void }

const contacts = [
  { field: 'phone', type: 'tel' },
  { field: 'email', type: 'email' },
  { field: 'address', type: 'text' },
] as const

/** Takes new contacts of a reporter. The known contacts are not shown, because correcting them needs no disclosure. */
export function CorrectDialog({ delivery: { id, version, code }, onDone, onClose }: Props) {
  const t = useTranslations('deliveries.undelivered')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const toast = useToast()
  const textOf = useRefusalText()
  const form = useForm(correctContactInput, { id, version, phone: '', email: '', address: '' })
  const correct = useMutation(
    trpc.deliveries.correctContact.mutationOptions({
      onSuccess: () => toast({ text: t('done.corrected', { code }), tone: 'success' }),
      onError: (error) => toast({ text: textOf(error), tone: 'failure' }),
      onSettled: () => {
        onDone()
        onClose()
      },
    }),
  )
  const submit = () => {
    const input = form.check()
    if (input) correct.mutate(input)
  }
  return (
    <ConfirmDialog
      open
      title={t('correctDialog.title', { code })}
      confirmLabel={t('correctDialog.confirm')}
      busy={correct.isPending}
      onConfirm={submit}
      onClose={onClose}
    >
      <p>{t('correctDialog.hint')}</p>
      <div className={styles.fields}>
        {contacts.map(({ field: name, type }) => (
          <FormField key={name} label={t(`correctDialog.${name}`)} error={problemOf(form.problems[name])}>
            {(field) => (
              <TextInput
                {...field}
                type={type}
                autoComplete="off"
                value={form.values[name]}
                onChange={(event) => form.set(name, event.target.value)}
              />
            )}
          </FormField>
        ))}
      </div>
    </ConfirmDialog>
  )
}
