import { heatInk } from './heat.ts'
import styles from './MapKey.module.css'

type Props = {
  entries: readonly { step: number; text: string }[]
  /** The text of what has no value. Left out: nothing is without. */
  none?: string
  /** The text of what is hatched; null: nothing is. */
  few?: string | null
}

/** Which numbers each depth of colour stands for. Screen readers read the figures. */
export function MapKey({ entries, none, few = null }: Props) {
  return (
    <ol className={styles.key} aria-hidden="true">
      {entries.map(({ step, text }) => (
        <li key={text} className={styles.entry}>
          <span className={styles.swatch} style={{ backgroundColor: heatInk(step) }} />
          {text}
        </li>
      ))}
      {none !== undefined && (
        <li className={styles.entry}>
          <span className={styles.swatch} data-none />
          {none}
        </li>
      )}
      {few !== null && (
        <li className={styles.entry}>
          <span className={styles.swatch} data-few />
          {few}
        </li>
      )}
    </ol>
  )
}
