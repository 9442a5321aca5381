import styles from './Kbd.module.css'

type Props = {
  /** One cap, or the caps of a chord pressed together. */
  children: string | readonly string[]
  /** On a filled button the cap takes the button's own colour. */
  tone?: 'plain' | 'inherit'
}

/**
 * A key as it is printed on the keyboard. Decorative beside a named control, so screen readers skip it (they read
 * `aria-keyshortcuts`).
 */
export function Kbd({ children, tone = 'plain' }: Props) {
  const caps = typeof children === 'string' ? [children] : children
  return (
    <span className={styles.caps} aria-hidden="true">
      {caps.map((cap, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same cap may come twice, and the order never changes
        <kbd key={at} className={tone === 'inherit' ? styles.inherit : styles.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  )
}
