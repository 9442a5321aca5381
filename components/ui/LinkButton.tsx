'use client'

import ButtonBase from '@mui/material/ButtonBase'
import type { ComponentPropsWithRef } from 'react'
import styles from './LinkButton.module.css'

type Props = Omit<ComponentPropsWithRef<'button'>, 'className' | 'color'>

/** An action within a sentence, in the colour of that sentence. */
export function LinkButton(props: Props) {
  return <ButtonBase {...props} className={styles.link ?? ''} />
}
