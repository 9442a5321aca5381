'use client'

import MuiIconButton from '@mui/material/IconButton'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import { Hint } from './Hint.tsx'

type Props = Omit<ComponentPropsWithRef<'button'>, 'children' | 'color' | 'aria-label'> & {
  /** Its name: announced, and shown with the key while the pointer rests on it. */
  label: string
  children: ReactNode
  command?: CommandId | undefined
  size?: 'small' | 'medium'
}

export function IconButton({ label, children, command, size = 'medium', ...rest }: Props) {
  return (
    <Hint text={label} command={command} names>
      <MuiIconButton {...rest} size={size} aria-label={label} aria-keyshortcuts={command && ariaKeysOf(command)}>
        {children}
      </MuiIconButton>
    </Hint>
  )
}
