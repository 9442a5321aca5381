'use client'

import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import styles from './Button.module.css'
import { Hint } from './Hint.tsx'

type Props = ComponentPropsWithRef<'button'> & {
  /** `primary` once in each place; `plain` has a hairline; `quiet` has none. */
  variant?: 'plain' | 'primary' | 'quiet' | 'danger'
  size?: 'small' | 'medium' | 'large'
  icon?: ReactNode
  /** Shows the command's key on the button. The handler stays `onClick`. */
  command?: CommandId | undefined
  /** Why it cannot be pressed now. The button stays focusable and shows the reason, and the click does nothing. */
  reason?: string | undefined
  /** In progress: further clicks do nothing. */
  busy?: boolean
}

export function Button({
  variant = 'plain',
  size = 'medium',
  icon,
  command,
  reason,
  busy = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: Props) {
  const idle = busy || reason !== undefined
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (idle) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
    <button
      {...rest}
      type={type}
      className={[styles.button, styles[variant], styles[size], className].filter(Boolean).join(' ')}
      aria-disabled={idle || undefined}
      aria-busy={busy || undefined}
      aria-keyshortcuts={command && ariaKeysOf(command)}
      onClick={press}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon}
      {children}
      {command && (
        <KeyHint command={command} tone={variant === 'primary' || variant === 'danger' ? 'inherit' : 'plain'} />
      )}
    </button>
  )
  return reason === undefined ? button : <Hint text={reason}>{button}</Hint>
}
