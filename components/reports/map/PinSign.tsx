import { token } from '#components/ui/tokens.ts'
import { type DeadlineGroup, deadlineGroups } from '#server/reports/rules/map.ts'
import styles from './PinSign.module.css'
import { signOf } from './pin-signs.ts'

/** The sign of a deadline as the map draws it, for its legend and its list. Words stand beside it. */
export function PinSign({ group }: { group: DeadlineGroup }) {
  const { ink, width, height, parts } = signOf(group)
  return (
    <svg
      className={styles.sign}
      style={{ color: token(ink) }}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      {parts.map(({ path, fill, line, width: thick }) => (
        <path
          key={path}
          d={path}
          className={[fill ? styles[`fill-${fill}`] : styles.hollow, line && styles[`line-${line}`]]
            .filter(Boolean)
            .join(' ')}
          strokeWidth={thick}
        />
      ))}
    </svg>
  )
}

const [side, radius] = [24, 9]
const middle = side / 2
const inRing = deadlineGroups.filter((group) => group !== 'none')

/** A cluster as the map draws it: around its disc the ring, divided by deadline. */
export function ClusterSign() {
  return (
    <svg className={styles.sign} width={side} height={side} viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
      <circle cx={middle} cy={middle} r={radius} className={styles['fill-paper']} />
      {inRing.map((group, at) => {
        const { ink, ring } = signOf(group)
        const path = arc(at / inRing.length, (at + 1) / inRing.length)
        const dashes = ring.look === 'dashed' ? '3 2' : undefined
        return (
          <g key={group} className={styles.hollow} style={{ color: token(ink) }}>
            <path d={path} className={styles['line-ink']} strokeWidth={ring.width} strokeDasharray={dashes} />
            {ring.look === 'double' && <path d={path} className={styles['line-paper']} strokeWidth={ring.width / 3} />}
          </g>
        )
      })}
    </svg>
  )
}

/** A part of the circle, from and to as shares of it from the top; a little shorter, so that parts do not touch. */
function arc(from: number, to: number): string {
  const at = (share: number) => {
    const angle = (share - 0.25) * 2 * Math.PI
    return `${(middle + radius * Math.cos(angle)).toFixed(2)} ${(middle + radius * Math.sin(angle)).toFixed(2)}`
  }
  const gap = 0.015
  return `M${at(from + gap)}A${radius} ${radius} 0 0 1 ${at(to - gap)}`
}
