import type { ComponentPropsWithRef } from 'react'
import styles from './TextInput.module.css'

/** A line of text. Plain HTML with the house's looks: forms that need no more should not pay for more. */
export function TextInput({ className, ...rest }: ComponentPropsWithRef<'input'>) {
  return <input type="text" {...rest} className={[styles.input, className].filter(Boolean).join(' ')} />
}

/** Words that stand there already are gone on with, not written in front of. */
export const toEnd = (area: HTMLTextAreaElement | null) => area?.setSelectionRange(area.value.length, area.value.length)

/** Several lines; grows with what is typed where the browser can. */
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
