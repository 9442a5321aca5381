'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import { isPartlyYoung } from '#server/insights/rules/judged.ts'
import { Sparkline } from '../chart/Sparkline.tsx'
import { Aim } from './Aim.tsx'
import { ChangeOf } from './ChangeOf.tsx'
import { ExplainButton } from './ExplainButton.tsx'
import styles from './KpiCard.module.css'
import { KpiNote } from './KpiNote.tsx'
import { OfAll, OfMatured } from './KpiParts.tsx'
import { KpiValue, MaturedValue } from './KpiValue.tsx'
import { useNotReached } from './use-not-reached.ts'

type Props = {
  kpi: KpiFigure
  isWide?: boolean
  /** The second line: n, the fraction, what belongs beside the figure. */
  aside?: ReactNode
  /** Opens what moved the figure. */
  onExplain: () => void
  children?: ReactNode
}

/**
 * A figure with room: value, change, target, course, its meaning behind ⓘ. The value opens its reports. Where part of
 * the cohort is not due yet, the value is the share of the rest: what stands beside a target is what it judges.
 */
export function KpiCard({ kpi, isWide = false, aside, onExplain, children }: Props) {
  const names = useTranslations('insights.kpis')
  const { countOf } = useNotReached()
  const { id, judged, spark, notReached } = kpi
  const isYoung = isPartlyYoung(kpi)
  const name = names(`${id}.name`)
  return (
    <article className={styles.card} data-card={`kpi-${id}`} data-wide={isWide || undefined} aria-label={name}>
      <header className={styles.head}>
        <h2 className={styles.name}>{name}</h2>
        <KpiNote kpi={kpi} />
      </header>
      <p className={styles.line}>
        {isYoung ? (
          <MaturedValue kpi={kpi} name={name} className={styles.value} />
        ) : (
          <>
            <KpiValue kpi={kpi} name={name} className={styles.value} />
            <ChangeOf kpi={kpi} />
          </>
        )}
      </p>
      <p className={styles.aside}>
        <span>{isYoung ? <OfMatured kpi={kpi} /> : notReached ? countOf(kpi) : aside}</span>
        <Aim kpi={kpi} />
      </p>
      {isYoung && <OfAll kpi={kpi} />}
      {children}
      <div className={styles.foot}>
        <Sparkline values={spark.map((step) => step.value)} target={judged?.target ?? null} />
        <ExplainButton kpi={kpi} onExplain={onExplain} />
      </div>
    </article>
  )
}
