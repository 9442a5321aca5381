'use client'

import { useMutation } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { isComplete, NewPasswordFields } from './NewPasswordFields.tsx'
import styles from './SignInForm.module.css'

type Props = { token: string; username: string; name: string }

export function SetPasswordForm({ token, username, name }: Props) {
  const t = useTranslations('accounts.setPassword')
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const [typed, setTyped] = useState({ next: '', again: '' })
  const [wasTried, setTried] = useState(false)
  const set = useMutation(
    trpc.accounts.setPassword.mutationOptions({
      onSuccess: () => window.location.replace('/sign-in?ended=password_set'),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!set.isPending && isComplete(typed, username)) set.mutate({ token, password: typed.next })
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{t.rich('sentence', { username, name, word: (word) => <strong>{word}</strong> })}</p>
      {set.isError && (
        <p role="alert" className={styles.problem}>
          <CircleAlert size={16} aria-hidden="true" />
          {refusalText(set.error)}
        </p>
      )}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <NewPasswordFields username={username} value={typed} onChange={setTyped} wasTried={wasTried} />
      <Button
        type="submit"
        variant="primary"
        size="large"
        busy={set.isPending || set.isSuccess}
        className={styles.wide}
      >
        {t('submit')}
      </Button>
    </form>
  )
}
