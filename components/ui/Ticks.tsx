'use client'

import MuiCheckbox from '@mui/material/Checkbox'
import MuiRadio from '@mui/material/Radio'
import { Check, Minus } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import styles from './Ticks.module.css'

type Props = Omit<ComponentPropsWithRef<'input'>, 'type' | 'size' | 'color'>

/** A box to tick, without its words. */
export function CheckBox({
  className,
  checked,
  defaultChecked,
  disabled,
  onChange,
  indeterminate,
  ...input
}: BoxProps) {
  return (
    <MuiCheckbox
      {...given({ className, checked, defaultChecked, disabled, onChange, indeterminate })}
      icon={<Box />}
      checkedIcon={<Ticked />}
      indeterminateIcon={<Partly />}
      slotProps={{ input }}
    />
  )
}

type BoxProps = Props & {
  /** Some of what it stands for is ticked. */
  indeterminate?: boolean
}

/** One of several choices, without its words. */
export function RadioButton({ className, checked, defaultChecked, disabled, name, value, onChange, ...input }: Props) {
  return (
    <MuiRadio
      {...given({ className, checked, defaultChecked, disabled, name, value, onChange })}
      icon={<Ring />}
      checkedIcon={<Dotted />}
      slotProps={{ input }}
    />
  )
}

/** MUI takes a property that is named for one that is set. */
function given<Named extends object>(props: Named) {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Named]?: Exclude<Named[Name], undefined>
  }
}

const Box = () => <span className={styles.box} />
const Ticked = () => (
  <span className={styles.full}>
    <Check size={12} strokeWidth={3} aria-hidden="true" />
  </span>
)
const Partly = () => (
  <span className={styles.full}>
    <Minus size={12} strokeWidth={3} aria-hidden="true" />
  </span>
)
const Ring = () => <span className={styles.ring} />
const Dotted = () => <span className={styles.dotted} />
