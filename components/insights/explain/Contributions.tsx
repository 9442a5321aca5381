import type { GoodDirection } from '#server/insights/rules/definitions.ts'
import styles from './Contributions.module.css'

type Bar = { key: string; label: string; amount: number; text: string }

type Props = { label: string; good: GoodDirection; bars: readonly Bar[] }

/** Bars to either side of zero: to the right what raised the figure, to the left what lowered it. */
export function Contributions({ label, good, bars }: Props) {
  const most = Math.max(0, ...bars.map(({ amount }) => amount))
  const least = Math.min(0, ...bars.map(({ amount }) => amount))
  const span = most - least || 1
  const zero = (-least / span) * 100
  return (
    <ul className={styles.rows} aria-label={label}>
      {bars.map(({ key, label: name, amount, text }) => {
        const width = (Math.abs(amount) / span) * 100
        const verdict = good === 'none' ? 'plain' : amount > 0 === (good === 'up') ? 'better' : 'worse'
        return (
          <li key={key} className={styles.row}>
            <span className={styles.name}>{name}</span>
            <span className={styles.track} aria-hidden="true">
              <span
                className={styles.bar}
                data-verdict={verdict}
                style={{ left: `${amount < 0 ? zero - width : zero}%`, width: `${width}%` }}
              />
              <span className={styles.zero} style={{ left: `${zero}%` }} />
            </span>
            <span className={styles.amount} data-verdict={verdict}>
              {text}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
