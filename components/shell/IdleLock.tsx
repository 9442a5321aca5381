'use client'

import { LockKeyhole } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { Refusal } from '#components/trpc/refusal.ts'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import type { SessionRefusal } from '#server/accounts/rules/session.ts'
import styles from './IdleLock.module.css'
import { UnlockForm } from './UnlockForm.tsx'
import { useIdleLock } from './use-idle-lock.ts'

export type Unlocking = {
  username: string
  /** Why the session ended, if the server has ended it. */
  ended?: SessionRefusal | null
  /** Without a password the user signs in again through the city. */
  hasPassword: boolean
  /** The name of the city's own sign-in, where there is one. */
  city: string | null
  onUnlockThroughCity: () => unknown
  /** Why the password was refused, or null if it was accepted. */
  onUnlock: (password: string) => Promise<Refusal | null>
  onSignOut: () => unknown
  /** No second factor is required any more: the desk continues. */
  onFactorShown: () => Promise<void>
}

type Props = Unlocking & {
  name: string
  idleMinutes: number
  /** Called at most once a minute while the user is active, in any tab. */
  onTouch?: () => unknown
}

/**
 * Covers the desk when no one has used the machine for a while, in every tab at once, and asks for the password. The
 * page stays mounted below, so nothing typed is lost. The dialog is a native modal one: it is above every other layer,
 * keeps the focus, and makes the page below inert.
 */
export function IdleLock({ name, idleMinutes, onTouch, ...unlocking }: Props) {
  const { username, ended = null, hasPassword, city } = unlocking
  const t = useTranslations('shell.lock')
  const { locked, unlock } = useIdleLock({ username, idleMinutes, ended: ended !== null, onTouch })
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    if (!locked) return
    const before = document.activeElement
    document.documentElement.dataset.locked = ''
    dialog.current?.showModal()
    const announced = dialog.current && stayAnnounced(dialog.current)
    return () => {
      announced?.disconnect()
      delete document.documentElement.dataset.locked
      if (before instanceof HTMLElement) before.focus()
    }
  }, [locked])

  if (!locked) return null
  // Directly in the body: an open drawer hides everything that was there before it from screen readers, but the lock
  // must be announced.
  return createPortal(
    <dialog
      ref={dialog}
      className={styles.lock}
      aria-labelledby="idle-lock-title"
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(press) => press.key === 'Escape' && press.preventDefault()}
    >
      <div className={styles.form}>
        <span className={styles.sign}>
          <LockKeyhole size={22} strokeWidth={1.75} aria-hidden="true" />
        </span>
        <h2 id="idle-lock-title">{t('title')}</h2>
        <p className={styles.sentence}>
          {t(`reasons.${ended ?? 'session_idle'}`, { minutes: idleMinutes })}{' '}
          {ended !== 'second_factor_needed' && t(hasPassword || city === null ? 'byPassword' : 'byCity')}
        </p>
        <p className={styles.who}>
          <PersonAvatar name={name} size={28} />
          <span>
            <strong>{name}</strong> <span className={styles.username}>{username}</span>
          </span>
        </p>
        <UnlockForm {...unlocking} onUnlocked={unlock} />
      </div>
    </dialog>,
    document.body,
  )
}

/** A dialog that opens or is drawn again below hides all else from screen readers, but the lock is above it. */
function stayAnnounced(lock: HTMLElement): MutationObserver {
  const observer = new MutationObserver(() => lock.removeAttribute('aria-hidden'))
  observer.observe(lock, { attributeFilter: ['aria-hidden'] })
  return observer
}
