'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import styles from './TimeChart.module.css'
import type { TimePlotProps } from './TimePlot.tsx'

/** The chart library is loaded with the first chart and on no other page. */
const TimePlot = dynamic(() => import('./TimePlot.tsx').then((plot) => plot.TimePlot), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
})

/** Lines over time, with their legend above. The space of the plot is reserved before its code is loaded. */
export function TimeChart(props: TimePlotProps) {
  return (
    <>
      <ul className={styles.key}>
        {props.series.map(({ key, label, ink, look = 'solid' }) => (
          <li key={key} className={styles.entry}>
            <span className={styles.line} data-look={look} style={{ color: ink }} aria-hidden="true" />
            {label}
          </li>
        ))}
        {props.usual && (
          <>
            <li className={styles.entry}>
              <span className={styles.range} aria-hidden="true" />
              {props.usual.label}
            </li>
            <li className={styles.entry}>
              <span className={styles.line} data-look="usual" aria-hidden="true" />
              {props.usual.median}
            </li>
          </>
        )}
        {props.hatched && (
          <li className={styles.entry}>
            <span className={styles.hatched} aria-hidden="true" />
            {props.hatched.label}
          </li>
        )}
        {props.targets && (
          <li className={styles.entry}>
            <span className={styles.line} data-look="target" aria-hidden="true" />
            {props.targets.label}
          </li>
        )}
      </ul>
      <div className={styles.plot}>
        <TimePlot {...props} />
      </div>
    </>
  )
}
