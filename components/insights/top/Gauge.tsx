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
