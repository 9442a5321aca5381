import { useTranslations } from 'next-intl'
import type { TimeMark } from '../chart/time-series.ts'
import { usePeriodWords } from '../use-period-words.ts'
import styles from './MarkList.module.css'

/** The marks of a time chart as text; bulletins only by number. */
export function MarkList({ marks }: { marks: readonly TimeMark[] }) {
  const t = useTranslations('board.steps')
  const { spanOf } = usePeriodWords()
  const named = marks.filter(({ kind }) => kind !== 'bulletin')
  const bulletins = marks.reduce((sum, { kind, count = 0 }) => (kind === 'bulletin' ? sum + count : sum), 0)
  if (marks.length === 0) return null
  return (
    <ul className={styles.marks} aria-label={t('marks')}>
      {named.map(({ key, kind, from, to, words }) => (
        <li key={key} className={styles.mark}>
          <span className={styles.swatch} data-kind={kind} aria-hidden="true" />
          <span className={styles.when}>{spanOf(from, to)}</span> {words}
        </li>
      ))}
      {bulletins > 0 && (
        <li className={styles.mark}>
          <span className={styles.dot} aria-hidden="true" />
          {t('bulletinsInPeriod', { count: bulletins })}
        </li>
      )}
    </ul>
  )
}
