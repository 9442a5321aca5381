'use client'

import type { ComponentPropsWithRef, ReactNode } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import styles from './Button.module.css'
import { Hint } from './Hint.tsx'

type Props = Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label'> & {
  /** Its name: announced, and shown with the key while the pointer rests on it. */
  label: string
  children: ReactNode
  command?: CommandId | undefined
  size?: 'small' | 'medium'
}

export function IconButton({ label, children, command, size = 'medium', className, type = 'button', ...rest }: Props) {
  return (
    <Hint text={label} command={command} names>
      <button
        {...rest}
        type={type}
        className={[styles.button, styles.quiet, styles.square, styles[size], className].filter(Boolean).join(' ')}
        aria-label={label}
        aria-keyshortcuts={command && ariaKeysOf(command)}
      >
        {children}
      </button>
    </Hint>
  )
}
