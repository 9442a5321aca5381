import type { UsualTotal } from '#server/insights/rules/usual.ts'
import styles from './Gauge.module.css'

type Props = {
  /** Each from 0 to 1; null where there is none. */
  value: number | null
  /** What the value is compared with: a target, or the other period. */
  tick?: number | null
  look?: 'target' | 'before'
  /** Where the true value may lie. */
  range?: { low: number; high: number } | null
}

const within = (share: number): string => `${Math.min(1, Math.max(0, share)) * 100}%`

/** A value on a scale and its distance from what it is compared with. Decoration: the line below says it in words. */
export function Gauge({ value, tick = null, look = 'target', range = null }: Props) {
  return (
    <div className={styles.gauge} aria-hidden="true">
      {value !== null && <span className={styles.fill} style={{ width: within(value) }} />}
      {value !== null && range && (
        <span
          className={styles.range}
          style={{ insetInlineStart: within(range.low), width: within(range.high - range.low) }}
        />
      )}
      {tick !== null && <span className={styles.tick} data-look={look} style={{ insetInlineStart: within(tick) }} />}
    </div>
  )
}

/** The range in which eight of ten such numbers lie, and where this one is. Drawn, not judged. */
export function UsualStrip({ usual: { low, high, received } }: { usual: UsualTotal }) {
  // As much again on either side of the range: what is further off stands at the end.
  const width = Math.max(1, high - low)
  const placeOf = (count: number) => within((count - low + width) / (3 * width))
  return (
    <div className={styles.gauge} aria-hidden="true">
      <span
        className={styles.usual}
        style={{ insetInlineStart: placeOf(low), insetInlineEnd: `calc(100% - ${placeOf(high)})` }}
      />
      <span className={styles.dot} style={{ insetInlineStart: `clamp(5px, ${placeOf(received)}, calc(100% - 5px))` }} />
    </div>
  )
}
