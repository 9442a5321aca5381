import { DrillLink } from './DrillLink.tsx'
import styles from './PartsBar.module.css'

export type Part = {
  key: string
  label: string
  /** A fraction of 1. */
  share: number
  text: string
  ink: string
  /** Stripes distinguish it where colour does not. */
  striped?: boolean
  href: string | null
}

type Props = { parts: readonly Part[]; label: string }

type StripProps = { parts: readonly Pick<Part, 'key' | 'share' | 'ink' | 'striped'>[] }

/** A whole in its parts, without their names. */
export function PartsStrip({ parts }: StripProps) {
  return (
    <div className={styles.bar} aria-hidden="true">
      {parts.map(({ key, share, ink, striped }) =>
        share > 0 ? (
          <span
            key={key}
            className={styles.part}
            data-striped={striped || undefined}
            style={{ flexGrow: share, backgroundColor: ink }}
          />
        ) : null,
      )}
    </div>
  )
}

/** A whole and its parts, each named and linked to its reports. */
export function PartsBar({ parts, label }: Props) {
  return (
    <>
      <PartsStrip parts={parts} />
      <ul className={styles.words} aria-label={label}>
        {parts.map(({ key, label: name, text, ink, striped, href }) => (
          <li key={key}>
            <DrillLink href={href} className={styles.entry}>
              <span
                className={styles.swatch}
                data-striped={striped || undefined}
                style={{ backgroundColor: ink }}
                aria-hidden="true"
              />
              {name} <span className={styles.figure}>{text}</span>
            </DrillLink>
          </li>
        ))}
      </ul>
    </>
  )
}
