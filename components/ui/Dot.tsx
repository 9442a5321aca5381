import styles from './Dot.module.css'
import { type StatusName, statusInk } from './status-colors.ts'

/** A dot in a status colour. Decorative: the text is beside it. */
export function Dot({ status }: { status: StatusName }) {
  return <span className={styles.dot} style={{ color: statusInk(status) }} aria-hidden="true" />
}
