'use client'

import { useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/Disclosure.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { AfterAction } from '#server/after-action/queries/after-action.ts'
import styles from './AfterAction.module.css'

type Hour = AfterAction['hours'][number]

const hourMillis = 3_600_000
/** More bars than these would be too thin: then each covers several hours. */
const mostBars = 96

/** Received and answered hour by hour, above and below one line; the same in a table for those who do not see it. */
export function HoursChart({ hours }: { hours: readonly Hour[] }) {
  const t = useTranslations('incidents.after')
  const format = useFormat()
  const bars = barsOf(hours)
  const [first, last] = [bars[0], bars.at(-1)]
  if (!first || !last) return null
  const most = Math.max(...bars.flatMap(({ received, closed }) => [received, closed]))
  const height = (count: number) => `${(100 * count) / most}%`
  return (
    <section aria-labelledby="hours" className={styles.section}>
      <h2 id="hours" className={styles.heading}>
        {t('hoursChart')}
      </h2>
      <p className={styles.key}>
        <i className={styles.received} aria-hidden="true" /> {t('received')}
        <i className={styles.closed} aria-hidden="true" /> {t('answered')}
      </p>
      <div className={styles.chart} aria-hidden="true">
        {bars.map(({ at, received, closed }) => (
          <span
            key={at.getTime()}
            className={styles.bar}
            title={`${format.dateTime(at)}: ${format.number(received)} ${t('received')}, ${format.number(closed)} ${t('answered')}`}
          >
            <i className={styles.up}>
              <b style={{ height: height(received) }} />
            </i>
            <i className={styles.down}>
              <b style={{ height: height(closed) }} />
            </i>
          </span>
        ))}
      </div>
      <p className={styles.ends} aria-hidden="true">
        <span>{format.dateTime(first.at)}</span>
        <span>{format.dateTime(last.at)}</span>
      </p>
      <Disclosure title={t('hours')} className={styles.details}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('hour')}</th>
              <th scope="col">{t('received')}</th>
              <th scope="col">{t('answered')}</th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ at, received, closed }) => (
              <tr key={at.getTime()}>
                <th scope="row">{format.dateTime(at)}</th>
                <td>{format.number(received)}</td>
                <td>{format.number(closed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </section>
  )
}

/** One bar for each hour from the first to the last, or for as many hours together as keeps the bars wide enough. */
function barsOf(hours: readonly Hour[]): Hour[] {
  const [first, last] = [hours[0], hours.at(-1)]
  if (!first || !last) return []
  const span = Math.round((last.at.getTime() - first.at.getTime()) / hourMillis) + 1
  const each = Math.ceil(span / mostBars)
  const bars = Array.from({ length: Math.ceil(span / each) }, (_, i) => ({
    at: new Date(first.at.getTime() + i * each * hourMillis),
    received: 0,
    closed: 0,
  }))
  for (const { at, received, closed } of hours) {
    const bar = bars[Math.floor(Math.round((at.getTime() - first.at.getTime()) / hourMillis) / each)]
    if (!bar) continue
    bar.received += received
    bar.closed += closed
  }
  return bars
}
