'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/Button.tsx'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import { kpiMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { Sparkline } from '../chart/Sparkline.tsx'
import { Change } from './Change.tsx'
import styles from './KpiCard.module.css'
import { KpiNote } from './KpiNote.tsx'

type Props = {
  kpi: KpiFigure
  isWide?: boolean
  /** The second line: n, the fraction, what belongs beside the figure. */
  aside?: ReactNode
  /** Opens what moved the figure. */
  onExplain?: (() => void) | undefined
  children?: ReactNode
}

/** A headline figure: value, change, target, course, and its meaning behind ⓘ. The value opens its reports. */
export function KpiCard({ kpi, isWide = false, aside, onExplain, children }: Props) {
  const t = useTranslations('board.kpi')
  const names = useTranslations('insights.kpis')
  const { words, shownOf } = useBoardFrame()
  const { id, unit, change, verdict, n, target, spark, notReached, isHidden, previous } = kpi
  const name = names(`${id}.name`)
  const { text, href } = shownOf(kpiMarks(kpi).figure)
  const value = isHidden || kpi.value === null ? null : text
  return (
    <article className={styles.card} data-card={`kpi-${id}`} data-wide={isWide || undefined} aria-label={name}>
      <header className={styles.head}>
        <h2 className={styles.name}>{name}</h2>
        <KpiNote kpi={kpi} />
      </header>
      <p className={styles.line}>
        <span className={styles.value}>
          {value === null ? (
            <span className={styles.none}>
              {isHidden && n > 0 ? t('hidden', { n }) : notReached ? t('notReached') : '–'}
            </span>
          ) : (
            <DrillLink href={href} className={styles.link} label={t('open', { name, value, count: kpi.numerator })}>
              {value}
            </DrillLink>
          )}
        </span>
        {change !== null && value !== null && previous && (
          <Change change={change} verdict={verdict} text={words.distanceOf(change, unit, Math.min(n, previous.n))} />
        )}
      </p>
      <p className={styles.aside}>
        <span>
          {notReached
            ? t('stillOpen', { open: words.number(notReached.open), of: words.number(notReached.of) })
            : aside}
        </span>
        {target !== null && <Aim kpi={kpi} target={target} isShown={value !== null} />}
      </p>
      {children}
      <div className={styles.foot}>
        {/* A target is not for what cannot be judged yet. */}
        <Sparkline values={spark.map((step) => step.value)} target={kpi.matured?.notYet ? null : target} />
        {onExplain && change !== null && change !== 0 && (
          <Button variant="quiet" size="small" className={styles.explain} onClick={onExplain}>
            {t('explain')}
          </Button>
        )}
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
