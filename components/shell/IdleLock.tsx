'use client'

import { LockKeyhole } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Refusal } from '#components/trpc/refusal.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import type { SessionRefusal } from '#server/accounts/rules/session.ts'
import styles from './IdleLock.module.css'
import { useIdleLock } from './use-idle-lock.ts'

type Props = {
  name: string
  username: string
  idleMinutes: number
  /** Why the sign-in ended, if the server has ended it. */
  ended?: SessionRefusal | null
  /** Without one the person signs in again through the city. */
  hasPassword: boolean
  /** The name of the city's own sign-in, where there is one. */
  city: string | null
  onUnlockThroughCity: () => unknown
  /** Why the password was not taken, or null if the desk is open again. */
  onUnlock: (password: string) => Promise<Refusal | null>
  onSignOut: () => unknown
  /** Told at most once a minute while the person is at work, in whichever tab. */
  onTouch?: () => unknown
}

/**
 * Covers the desk when nobody has touched the machine for a while, in every tab at once, and asks for the password.
 * The page stays mounted below, so nothing typed is lost. The dialog is a modal one of the browser: it stands above every
 * other layer, keeps the focus, and makes the page below inert.
 */
export function IdleLock(props: Props) {
  const { name, username, idleMinutes, ended = null, hasPassword, city, onUnlock, onSignOut, onTouch } = props
  const t = useTranslations('shell.lock')
  const refusalText = useRefusalText()
  const { locked, unlock } = useIdleLock({ username, idleMinutes, ended: ended !== null, onTouch })
  const dialog = useRef<HTMLDialogElement>(null)
  const box = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    if (!locked) return
    const before = document.activeElement
    document.documentElement.dataset.locked = ''
    dialog.current?.showModal()
    return () => {
      delete document.documentElement.dataset.locked
      if (before instanceof HTMLElement) before.focus()
    }
  }, [locked])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || password === '') return
    setBusy(true)
    const problem = await onUnlock(password).then(
      (refusal) => refusal && refusalText(refusal),
      () => t('failed'),
    )
    setBusy(false)
    setProblem(problem)
    if (problem === null) unlock()
    else box.current?.focus()
    setPassword('')
  }
  const byPassword = hasPassword || city === null
  const goThroughCity = async () => {
    setBusy(true)
    try {
      await props.onUnlockThroughCity()
    } catch {
      setBusy(false)
      setProblem(t('failed'))
    }
  }
  if (!locked) return null
  // In the body itself: an open drawer hides all that stood there before it from screen readers, the lock must be heard.
  return createPortal(
    <dialog
      ref={dialog}
      className={styles.lock}
      aria-labelledby="idle-lock-title"
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(press) => press.key === 'Escape' && press.preventDefault()}
    >
      <form className={styles.form} onSubmit={submit}>
        <span className={styles.sign}>
          <LockKeyhole size={22} strokeWidth={1.75} aria-hidden="true" />
        </span>
        <h2 id="idle-lock-title">{t('title')}</h2>
        <p className={styles.sentence}>
          {t(`reasons.${ended ?? 'session_idle'}`, { minutes: idleMinutes })} {t(byPassword ? 'byPassword' : 'byCity')}
        </p>
        <p className={styles.who}>
          <PersonAvatar name={name} size={28} />
          <span>
            <strong>{name}</strong> <span className={styles.username}>{username}</span>
          </span>
        </p>
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
        {!byPassword && problem && <p role="alert">{problem}</p>}
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
    </dialog>,
    document.body,
  )
}
