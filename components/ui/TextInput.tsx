import type { ComponentPropsWithRef } from 'react'
import styles from './TextInput.module.css'

/** A line of text. Plain HTML in the desk's style: simple forms should not load more. */
export function TextInput({ className, ...rest }: ComponentPropsWithRef<'input'>) {
  return <input type="text" {...rest} className={[styles.input, className].filter(Boolean).join(' ')} />
}

/** Puts the caret after existing text, so that typing continues it. */
export const toEnd = (area: HTMLTextAreaElement | null) => area?.setSelectionRange(area.value.length, area.value.length)

/** Several lines; grows with its text where the browser supports it. */
export function TextArea({ className, ...rest }: ComponentPropsWithRef<'textarea'>) {
  return (
    <textarea
      rows={4}
      ref={rest.autoFocus ? toEnd : undefined}
      {...rest}
      className={[styles.input, styles.area, className].filter(Boolean).join(' ')}
    />
  )
}

/** A choice among few. */
export function SelectInput({ className, ...rest }: ComponentPropsWithRef<'select'>) {
  return <select {...rest} className={[styles.input, styles.select, className].filter(Boolean).join(' ')} />
}
