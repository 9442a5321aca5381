'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import styles from './AccountPage.module.css'
import { isComplete, NewPasswordFields } from './NewPasswordFields.tsx'
import { PasswordInput } from './PasswordInput.tsx'
import formStyles from './SignInForm.module.css'

const nothing = { current: '', next: '', again: '' }

export function ChangePasswordForm({ username }: { username: string }) {
  const t = useTranslations('accounts.changePassword')
  const toast = useToast()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [typed, setTyped] = useState(nothing)
  const [wasTried, setTried] = useState(false)
  const change = useMutation(
    trpc.me.changePassword.mutationOptions({
      onSuccess: () => {
        setTyped(nothing)
        setTried(false)
        toast({ text: t('done'), tone: 'success' })
        return queries.invalidateQueries(trpc.me.devices.queryFilter())
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (change.isPending || typed.current === '' || !isComplete(typed, username)) return
    change.mutate({ current: typed.current, next: typed.next })
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {change.isError && (
        <p role="alert" className={formStyles.problem}>
          <CircleAlert size={16} aria-hidden="true" />
          {refusalText(change.error)}
        </p>
      )}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <FormField label={t('current')}>
        {(field) => (
          <PasswordInput
            {...field}
            autoComplete="current-password"
            value={typed.current}
            onChange={(event) => setTyped({ ...typed, current: event.target.value })}
          />
        )}
      </FormField>
      <NewPasswordFields
        username={username}
        value={typed}
        onChange={(value) => setTyped({ ...typed, ...value })}
        wasTried={wasTried}
      />
      <Button type="submit" busy={change.isPending}>
        {t('submit')}
      </Button>
    </form>
  )
}
