'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useMyself } from '#components/reports/report/use-report.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import styles from './StepUpDialog.module.css'

type Props = { onConfirmed: () => void; onClose: () => void }

/** Asks for the password again before much is changed or taken away at once. */
export function StepUpDialog({ onConfirmed, onClose }: Props) {
  const t = useTranslations('bulk.stepUp')
  const trpc = useTRPC()
  const refusalText = useRefusalText()
  const myself = useMyself()
  const [password, setPassword] = useState('')
  const confirm = useMutation(trpc.me.confirmIdentity.mutationOptions({ onSuccess: onConfirmed }))
  const send = () => {
    if (password !== '' && !confirm.isPending) confirm.mutate({ password })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    send()
  }
  return (
    <ConfirmDialog
      open
      title={t('title')}
      confirmLabel={t('confirm')}
      busy={confirm.isPending}
      reason={myself?.hasPassword === false ? t('byCity') : undefined}
      onConfirm={send}
      onClose={onClose}
    >
      {myself?.hasPassword === false ? (
        t('byCity')
      ) : (
        <form className={styles.form} onSubmit={submit}>
          <p>{t('sentence')}</p>
          <input type="hidden" name="username" autoComplete="username" value={myself?.username ?? ''} readOnly />
          <FormField label={t('password')} error={confirm.error ? refusalText(confirm.error) : undefined}>
            {(field) => (
              <TextInput
                {...field}
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
                autoFocus
              />
            )}
          </FormField>
        </form>
      )}
    </ConfirmDialog>
  )
}
