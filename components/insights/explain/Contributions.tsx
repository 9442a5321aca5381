import { useTranslations } from 'next-intl'
import type { Verdict } from '#server/insights/rules/board.ts'
import styles from './Contributions.module.css'

type Bar = { key: string; label: string; amount: number; text: string; verdict: Verdict | null }

type Props = { label: string; bars: readonly Bar[] }

/**
 * Bars to either side of zero: to the right what raised the figure, to the left what lowered it. Only parts whose own
 * figure differs beyond chance have a colour, and a word for it.
 */
export function Contributions({ label, bars }: Props) {
  const t = useTranslations('board.change')
  const most = Math.max(0, ...bars.map(({ amount }) => amount))
  const least = Math.min(0, ...bars.map(({ amount }) => amount))
  const span = most - least || 1
  const zero = (-least / span) * 100
  return (
    <ul className={styles.rows} aria-label={label}>
      {bars.map(({ key, label: name, amount, text, verdict }) => {
        const width = (Math.abs(amount) / span) * 100
        const isClear = verdict !== null && verdict !== 'unclear'
        return (
          <li key={key} className={styles.row}>
            <span className={styles.name}>
              {name}
              {isClear && (
                <span className={styles.said} data-verdict={verdict}>
                  {t(verdict)}
                </span>
              )}
            </span>
            <span className={styles.track} aria-hidden="true">
              <span
                className={styles.bar}
                data-verdict={verdict ?? undefined}
                style={{ left: `${amount < 0 ? zero - width : zero}%`, width: `${width}%` }}
              />
              <span className={styles.zero} style={{ left: `${zero}%` }} />
            </span>
            <span className={styles.amount}>{text}</span>
          </li>
        )
      })}
    </ul>
  )
}
