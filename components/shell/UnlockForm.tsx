'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import type { Refusal } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import styles from './IdleLock.module.css'
import type { Unlocking } from './IdleLock.tsx'
import { UnlockFactor } from './UnlockFactor.tsx'

type Props = Unlocking & { onUnlocked: () => void }

/** The ways to unlock a desk: the password, the city's own sign-in, or signing out. */
export function UnlockForm(props: Props) {
  const {
    username,
    ended = null,
    hasPassword,
    city,
    onUnlock,
    onUnlockThroughCity,
    onSignOut,
    onFactorShown,
    onUnlocked,
  } = props
  const t = useTranslations('shell.lock')
  const refusalText = useRefusalText()
  const client = useTRPCClient()
  const box = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [isFactorOwed, setFactorOwed] = useState(ended === 'second_factor_needed')
  const shown = async () => {
    await onFactorShown()
    onUnlocked()
  }
  const enter = async (): Promise<Refusal | null> => {
    const refusal = await onUnlock(password)
    if (refusal) return refusal
    const { step } = await client.secondFactor.step.query()
    if (step) setFactorOwed(true)
    else await shown()
    return null
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || password === '') return
    setBusy(true)
    const problem = await enter().then(
      (refusal) => refusal && refusalText(refusal),
      () => t('failed'),
    )
    setBusy(false)
    setProblem(problem)
    if (problem !== null) box.current?.focus()
    setPassword('')
  }
  const byPassword = hasPassword || city === null
  const goThroughCity = async () => {
    setBusy(true)
    try {
      await onUnlockThroughCity()
    } catch {
      setBusy(false)
      setProblem(t('failed'))
    }
  }
  if (isFactorOwed) {
    return (
      <div className={styles.fields}>
        <UnlockFactor onShown={shown} />
        <Button variant="quiet" onClick={onSignOut}>
          {t('other')}
        </Button>
      </div>
    )
  }
  return (
    <form className={styles.fields} onSubmit={submit}>
      {byPassword && (
        <>
          <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
          <FormField label={t('password')} error={problem ?? undefined}>
            {(field) => (
              <TextInput
                {...field}
                ref={box}
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
                autoFocus
              />
            )}
          </FormField>
          <Button type="submit" variant="primary" size="large" busy={busy}>
            {t('unlock')}
          </Button>
        </>
      )}
      {city && (
        <Button
          variant={byPassword ? 'plain' : 'primary'}
          size="large"
          busy={!byPassword && busy}
          autoFocus={!byPassword}
          onClick={() => void goThroughCity()}
        >
          {t('throughCity', { city })}
        </Button>
      )}
      {!byPassword && problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {ended === 'other_account' ? (
        <Button variant="quiet" onClick={() => window.location.reload()}>
          {t('goOnAsOther')}
        </Button>
      ) : (
        <Button variant="quiet" onClick={onSignOut}>
          {t('other')}
        </Button>
      )}
    </form>
  )
}
