'use client'

import ButtonBase from '@mui/material/ButtonBase'
import type { ComponentPropsWithRef } from 'react'
import styles from './NameButton.module.css'

type Props = Omit<ComponentPropsWithRef<'button'>, 'className' | 'color'>

/** Words of a row that do what a link would: the name opens what it names. In the type of its row. */
export function NameButton(props: Props) {
  return <ButtonBase {...props} className={styles.name ?? ''} />
}
