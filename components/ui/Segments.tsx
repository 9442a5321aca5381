'use client'

import ButtonBase from '@mui/material/ButtonBase'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import styles from './Segments.module.css'

/** A few alternatives side by side, one of which is on. */
export function Segments({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={styles.segments} aria-label={label}>
      {children}
    </fieldset>
  )
}

type Props = Omit<ComponentPropsWithRef<'button'>, 'className' | 'color' | 'aria-pressed'> & { on: boolean }

export function Segment({ on, ...rest }: Props) {
  return <ButtonBase {...rest} className={styles.segment ?? ''} aria-pressed={on} />
}
