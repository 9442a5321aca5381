import styles from './TimeChart.module.css'
import type { PlacedMark, TimeSeries, TimeStep } from './time-series.ts'

type Props = {
  step: TimeStep
  series: readonly TimeSeries[]
  /** What is usual then, in words. */
  usual: { label: string; text: string } | null
  marks: readonly PlacedMark[]
}

/** The values of the lines at one step, and what happened then. */
export function TimeReadout({ step, series, usual, marks }: Props) {
  return (
    <div className={styles.readout}>
      <p className={styles.when}>{step.long}</p>
      <dl className={styles.figures}>
        {series.map(({ key, label, ink, look = 'solid' }) => (
          <div key={key} className={styles.figure}>
            <dt>
              <span className={styles.line} data-look={look} style={{ color: ink }} aria-hidden="true" />
              {label}
            </dt>
            <dd>{step.values[key]?.text ?? '–'}</dd>
          </div>
        ))}
        {usual && (
          <div className={styles.figure}>
            <dt>
              <span className={styles.range} aria-hidden="true" />
              {usual.label}
            </dt>
            <dd>{usual.text}</dd>
          </div>
        )}
      </dl>
      {marks.map(({ key, words }) => (
        <p key={key} className={styles.happened}>
          {words}
        </p>
      ))}
    </div>
  )
}
