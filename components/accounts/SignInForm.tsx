'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { failureOf } from '#server/platform/rules/public-failure.ts'
import { DemoAccounts } from './DemoAccounts.tsx'
import { PasswordInput } from './PasswordInput.tsx'
import styles from './SignInForm.module.css'
import { refusalOfWord, signIn, signInThroughCity } from './sign-in-requests.ts'

type Props = {
  /** The address the visitor wanted. */
  from: string
  /** The error code of next-auth for a sign-in that just failed elsewhere. */
  refused: string | null
  /** The name of the city's own sign-in, where there is one. */
  city: string | null
  /** The password shared by the demo accounts; null outside the demo. */
  demoPassword: string | null
}

export function SignInForm({ from, refused, city, demoPassword }: Props) {
  const t = useTranslations('accounts.signIn')
  const refusalText = useRefusalText()
  const username = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState(() => (refused ? refusalText(refusalOfWord(refused)) : null))
  const [isBusy, setBusy] = useState(false)

  const enter = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    const typed = { username: username.current?.value ?? '', password: password.current?.value ?? '' }
    if (!typed.username.trim() || !typed.password) {
      setProblem(t('required'))
      ;(typed.username.trim() ? password : username).current?.focus()
      return
    }
    setBusy(true)
    setProblem(null)
    const refusal = await signIn(typed.username, typed.password).catch((error: unknown) =>
      failureOf(error).kind === 'unreachable' ? ('offline' as const) : refusalOfWord('defect'),
    )
    if (refusal === null) return window.location.assign(from)
    setBusy(false)
    setProblem(refusal === 'offline' ? t('offline') : refusalText(refusal))
    // The user name stays; the password is typed again.
    if (password.current) password.current.value = ''
    password.current?.focus()
  }

  const fill = (name: string) => {
    if (username.current) username.current.value = name
    if (password.current) password.current.value = demoPassword ?? ''
    setProblem(null)
  }

  return (
    <>
      <form className={styles.form} onSubmit={enter} noValidate>
        {/* In the page before its text: not every screen reader says what comes together with its region. */}
        <div role="alert" className={styles.alert}>
          {problem && (
            <p className={styles.problem}>
              <CircleAlert size={16} aria-hidden="true" />
              {problem}
            </p>
          )}
        </div>
        <FormField label={t('username')}>
          {(field) => (
            <TextInput
              {...field}
              ref={username}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              autoFocus
            />
          )}
        </FormField>
        <FormField label={t('password')}>
          {(field) => <PasswordInput {...field} ref={password} name="password" autoComplete="current-password" />}
        </FormField>
        <Button type="submit" variant="primary" size="large" busy={isBusy} className={styles.wide}>
          {t('submit')}
        </Button>
        {city && (
          <>
            <p className={styles.or}>{t('or')}</p>
            <Button size="large" className={styles.wide} onClick={() => signInThroughCity(from)}>
              {t('withCity', { name: city })}
            </Button>
          </>
        )}
      </form>
      <p className={styles.forgotten}>{t('forgotten')}</p>
      {demoPassword && <DemoAccounts password={demoPassword} onChoose={fill} />}
    </>
  )
}
