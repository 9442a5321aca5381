'use client'

import MuiButton from '@mui/material/Button'
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import styles from './Button.module.css'
import { Hint } from './Hint.tsx'

type Props = Omit<ComponentPropsWithRef<'button'>, 'color'> & {
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

const looks = {
  plain: { variant: 'outlined', color: 'inherit' },
  primary: { variant: 'contained', color: 'primary' },
  quiet: { variant: 'text', color: 'inherit' },
  danger: { variant: 'contained', color: 'error' },
} as const

export function Button({
  variant = 'plain',
  size = 'medium',
  icon,
  command,
  reason,
  busy = false,
  children,
  onClick,
  ...rest
}: Props) {
  const idle = busy || reason !== undefined
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (idle) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
    <MuiButton
      {...rest}
      {...looks[variant]}
      size={size}
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
    </MuiButton>
  )
  return reason === undefined ? button : <Hint text={reason}>{button}</Hint>
}
