import styles from './Sparkline.module.css'

type Props = {
  /** Nulls are gaps. */
  values: readonly (number | null)[]
  /** The target value, on the scale of the values. */
  target?: number | null
}

const width = 120
const height = 28
const inset = 2

/** The course of a figure without axes. Decoration: the chart below states it in numbers. */
export function Sparkline({ values, target = null }: Props) {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return <div className={styles.spark} aria-hidden="true" />
  const all = target === null ? known : [...known, target]
  const low = Math.min(...all)
  const span = Math.max(...all) - low || 1
  const x = (at: number) => (at / (values.length - 1)) * width
  const y = (value: number) => height - inset - ((value - low) / span) * (height - 2 * inset)
  return (
    <svg className={styles.spark} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {target !== null && <line className={styles.target} x1={0} x2={width} y1={y(target)} y2={y(target)} />}
      <path className={styles.line} d={pathOf(values, x, y)} />
    </svg>
  )
}

function pathOf(values: Props['values'], x: (at: number) => number, y: (value: number) => number): string {
  let pen = 'M'
  return values
    .map((value, at) => {
      if (value === null) {
        pen = 'M'
        return ''
      }
      const step = `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
      pen = 'L'
      return step
    })
    .join('')
}
