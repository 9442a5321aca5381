'use client'

import { presentScenario } from '#server/insights/rules/what-if/scenario.ts'
import type { Lateness } from '#server/insights/rules/what-if/simulate.ts'
import styles from './RangeRow.module.css'
import { useChanceWords } from './use-chance-words.ts'

type Props = {
  label: string
  lateness: Lateness | null
  /** The share at the right end. */
  greatest: number
  look: 'present' | 'changed'
  /** Where the figures are no ground for a decision, none stands out. */
  isModest: boolean
}

/** A chance as a point within its range, and as text beside it. */
export function RangeRow({ label, lateness, greatest, look, isModest }: Props) {
  const { shareOf, rangeOf } = useChanceWords(presentScenario(1))
  const placeOf = (share: number) => `${Math.min(100, (share / greatest) * 100)}%`
  return (
    <div className={styles.row} data-look={look} data-modest={isModest}>
      <span className={styles.label}>{label}</span>
      <span className={styles.track} aria-hidden="true">
        {lateness && (
          <>
            <span
              className={styles.band}
              style={{
                insetInlineStart: placeOf(lateness.low),
                insetInlineEnd: `calc(100% - ${placeOf(lateness.high)})`,
              }}
            />
            <span className={styles.point} style={{ insetInlineStart: placeOf(lateness.share) }} />
          </>
        )}
      </span>
      <span className={styles.value}>{lateness ? shareOf(lateness) : '–'}</span>
      <span className={styles.range}>{lateness && rangeOf(lateness)}</span>
    </div>
  )
}
