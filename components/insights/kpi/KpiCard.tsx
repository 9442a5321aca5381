'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import { useBoardFrame } from '../board-context.ts'
import { Sparkline } from '../chart/Sparkline.tsx'
import { Change } from './Change.tsx'
import { ExplainButton } from './ExplainButton.tsx'
import styles from './KpiCard.module.css'
import { KpiNote } from './KpiNote.tsx'
import { KpiValue } from './KpiValue.tsx'
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

/** A figure with room: value, change, target, course, its meaning behind ⓘ. The value opens its reports. */
export function KpiCard({ kpi, isWide = false, aside, onExplain, children }: Props) {
  const names = useTranslations('insights.kpis')
  const { words } = useBoardFrame()
  const { countOf } = useNotReached()
  const { id, unit, change, verdict, n, target, spark, notReached, isHidden, previous } = kpi
  const hasValue = !isHidden && kpi.value !== null
  const name = names(`${id}.name`)
  return (
    <article className={styles.card} data-card={`kpi-${id}`} data-wide={isWide || undefined} aria-label={name}>
      <header className={styles.head}>
        <h2 className={styles.name}>{name}</h2>
        <KpiNote kpi={kpi} />
      </header>
      <p className={styles.line}>
        <KpiValue kpi={kpi} name={name} className={styles.value} />
        {change !== null && hasValue && previous && (
          <Change change={change} verdict={verdict} text={words.distanceOf(change, unit, Math.min(n, previous.n))} />
        )}
      </p>
      <p className={styles.aside}>
        <span>{notReached ? countOf(kpi) : aside}</span>
        {target !== null && <Aim kpi={kpi} target={target} isShown={hasValue} />}
      </p>
      {children}
      <div className={styles.foot}>
        {/* A target is not for what cannot be judged yet. */}
        <Sparkline values={spark.map((step) => step.value)} target={kpi.matured?.notYet ? null : target} />
        <ExplainButton kpi={kpi} onExplain={onExplain} />
      </div>
    </article>
  )
}

/** The target, and the distance to it; within the band of the target the gap is not highlighted. */
function Aim({ kpi, target, isShown }: { kpi: KpiFigure; target: number; isShown: boolean }) {
  const t = useTranslations('board.kpi')
  const { words } = useBoardFrame()
  const { unit, good, gap, band, matured } = kpi
  const n = matured ? matured.of : kpi.n
  const isMissed = gap !== null && (good === 'up' ? gap < 0 : gap > 0)
  const isNear = isMissed && Math.abs(gap) <= (band ?? 0)
  return (
    <span className={styles.target}>
      <span className={styles.aim}>
        {t('target', { value: words.figureOf({ ...kpi, value: target, n: 1000 }, unit) })}
      </span>{' '}
      {gap !== null && isShown && gap !== 0 && (
        <span className={styles.gap} data-verdict={isNear ? 'near' : isMissed ? 'missed' : 'reached'}>
          {t(isNear ? 'near' : gap > 0 ? 'above' : 'below', { value: words.distanceOf(gap, unit, n) })}
        </span>
      )}
    </span>
  )
}
