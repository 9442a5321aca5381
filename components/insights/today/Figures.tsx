'use client'

import { useTranslations } from 'next-intl'
import type { Figured } from '#server/insights/queries/today.ts'
import { missingTo } from '#server/insights/rules/judged.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { useFigureWords } from '../use-figure-words.ts'
import styles from './Figures.module.css'
import { useTodayWords } from './use-today-words.ts'

/** The share on time of what fell due, and how many more would have reached the target. */
export function OnTime({ onTime: { kpi, href }, minutesPerDay }: { onTime: Figured; minutesPerDay: number }) {
  const t = useTranslations('today')
  const { figureOf, shareOf, number } = useFigureWords(minutesPerDay)
  const { value, numerator: kept, denominator, judged } = kpi
  const target = judged?.target ?? null
  const due = denominator ?? 0
  const missing = missingTo(kpi)
  return (
    <section aria-labelledby="on-time-today">
      <h2 id="on-time-today" className={styles.title}>
        {t('onTime.title')} <span className={styles.span}>{t('figures.span')}</span>
      </h2>
      {value === null ? (
        <p className={styles.none}>{t('onTime.none')}</p>
      ) : (
        <>
          <p className={styles.share}>
            <DrillLink href={href} className={styles.great}>
              {figureOf(kpi, 'share')}
            </DrillLink>
            <span className={styles.of}>
              {t('onTime.of', { kept, due })}
              {target !== null && (
                <>
                  <br />
                  {t('onTime.target', { target: shareOf(target, 1000) })}
                  {missing !== null && (
                    <>
                      ,{' '}
                      <span className={missing > 0 ? styles.short : styles.reached}>
                        {missing > 0 ? t('onTime.missing', { count: missing }) : t('onTime.reached')}
                      </span>
                    </>
                  )}
                </>
              )}
            </span>
          </p>
          <div className={styles.bar} aria-hidden="true">
            <span className={styles.kept} style={{ width: `${value * 100}%` }} />
            {target !== null && <span className={styles.target} style={{ left: `${target * 100}%` }} />}
          </div>
          <p className={styles.legend}>
            <span data-part="kept">
              {t('onTime.kept')} <strong>{number(kept)}</strong>
            </span>
            <span data-part="missed">
              {t('onTime.missed')} <strong>{number(due - kept)}</strong>
            </span>
          </p>
        </>
      )}
    </section>
  )
}

type FiguresProps = { figures: readonly Figured[]; today: LocalDay; minutesPerDay: number }

export function Figures({ figures, today, minutesPerDay }: FiguresProps) {
  const t = useTranslations('today.figures')
  const names = useTranslations('insights.kpis')
  const { beforeOf, missingOf, textOf } = useTodayWords(today, minutesPerDay)
  return (
    <section aria-labelledby="figures-today">
      <h2 id="figures-today" className={styles.title}>
        {t('title')} <span className={styles.span}>{t('span')}</span>
      </h2>
      <dl className={styles.figures}>
        {figures.map(({ kpi, href }) => {
          const [value, { before, said }] = [textOf(kpi), beforeOf(kpi)]
          return (
            <div key={kpi.id} className={styles.figure}>
              <dt>
                {names(`${kpi.id}.name`)}
                <span className={styles.before}>
                  {before}
                  {kpi.verdict && (
                    <span data-verdict={kpi.verdict}>
                      {before && ' · '}
                      {said}
                    </span>
                  )}
                </span>
              </dt>
              <dd>
                {value === null ? (
                  <span className={styles.before}>{missingOf(kpi)}</span>
                ) : (
                  <DrillLink href={href} className={styles.value}>
                    {value}
                  </DrillLink>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
