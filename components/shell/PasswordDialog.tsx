'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import styles from './StepUpDialog.module.css'

type Props = {
  person: { username: string; hasPassword: boolean }
  onConfirmed: () => void
  onClose: () => void
}

/** Asks for the password again. Accounts that sign in through the city have none and are asked to sign in again. */
export function PasswordDialog({ person, onConfirmed, onClose }: Props) {
  const t = useTranslations('factor.stepUp')
  const trpc = useTRPC()
  const refusalText = useRefusalText()
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const confirm = useMutation(trpc.me.confirmIdentity.mutationOptions({ onSuccess: onConfirmed }))
  const refused = confirm.error
  // Selected, so that the next attempt replaces the wrong password.
  useEffect(() => {
    if (refused) input.current?.select()
  }, [refused])
  const send = () => {
    if (password !== '') return confirm.mutate({ password })
    setMissing(true)
    input.current?.focus()
  }
  const problem = isMissing ? t('missing') : refused ? refusalText(refused) : undefined
  return (
    <ConfirmDialog
      open
      title={t('title')}
      confirmLabel={t('confirm')}
      busy={confirm.isPending}
      reason={person.hasPassword ? undefined : t('byCity')}
      onConfirm={send}
      onClose={onClose}
    >
      {!person.hasPassword ? (
        t('byCity')
      ) : (
        <div className={styles.fields}>
          <p>{t('sentence')}</p>
          <input type="hidden" name="username" autoComplete="username" value={person.username} readOnly />
          <FormField label={t('password')} error={problem}>
            {(field) => (
              <TextInput
                {...field}
                ref={input}
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => {
                  setPassword(event.target.value)
                  setMissing(false)
                }}
              />
            )}
          </FormField>
        </div>
      )}
    </ConfirmDialog>
  )
}
