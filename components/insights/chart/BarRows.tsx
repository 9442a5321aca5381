import styles from './BarRows.module.css'
import { DrillLink } from './DrillLink.tsx'

export type BarRow = {
  key: string
  label: string
  /** Relative to the longest bar. */
  share: number
  text: string
  note?: string | undefined
  ink?: string | undefined
  striped?: boolean
  href: string | null
}

/** Named bars, one under another. */
export function BarRows({ label, rows }: { label: string; rows: readonly BarRow[] }) {
  return (
    <ul className={styles.rows} aria-label={label}>
      {rows.map(({ key, label: name, share, text, note, ink = 'var(--accent)', striped, href }) => (
        <li key={key}>
          <DrillLink href={href} className={styles.row}>
            <span className={styles.name}>{name}</span>
            <span className={styles.track} aria-hidden="true">
              <span
                className={styles.bar}
                data-striped={striped || undefined}
                style={{ width: `${Math.min(1, share) * 100}%`, minWidth: share > 0 ? 2 : 0, backgroundColor: ink }}
              />
            </span>
            <span className={styles.figure}>{text}</span>
            {note !== undefined && <span className={styles.note}>{note}</span>}
          </DrillLink>
        </li>
      ))}
    </ul>
  )
}
