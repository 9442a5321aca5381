import type { ComponentProps } from 'react'
import styles from './SliderInput.module.css'

type Props = Omit<ComponentProps<'input'>, 'type' | 'className'>

/** A number on a scale. `aria-valuetext` says it in words. */
export function SliderInput(props: Props) {
  return <input {...props} type="range" className={styles.slider} />
}
