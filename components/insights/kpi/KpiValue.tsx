'use client'

import { useTranslations } from 'next-intl'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import { kpiMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import styles from './KpiValue.module.css'
import { useNotReached } from './use-not-reached.ts'

type Props = { kpi: KpiFigure; name: string; className: string | undefined }

/** The value, which opens its reports, or why there is none. */
export function KpiValue({ kpi, name, className }: Props) {
  const t = useTranslations('board.kpi')
  const { shownOf } = useBoardFrame()
  const { reasonOf } = useNotReached()
  const { isHidden, n, notReached, numerator } = kpi
  const { text, href } = shownOf(kpiMarks(kpi).figure)
  if (!isHidden && kpi.value !== null) {
    return (
      <span className={className}>
        <DrillLink href={href} className={styles.link} label={t('open', { name, value: text, count: numerator })}>
          {text}
        </DrillLink>
      </span>
    )
  }
  return (
    <span className={styles.none}>{isHidden && n > 0 ? t('hidden', { n }) : notReached ? reasonOf(kpi) : '–'}</span>
  )
}

/** The share of what is due, where some of the cohort are not; or that none are. */
export function MaturedValue({ kpi, name, className }: Props) {
  const t = useTranslations('board.kpi')
  const { shownOf } = useBoardFrame()
  const { matured } = kpiMarks(kpi)
  if (!matured || kpi.matured?.of === 0) return <span className={styles.none}>{t('noneMatured')}</span>
  const { text, href } = shownOf(matured)
  return (
    <span className={className}>
      <DrillLink
        href={href}
        className={styles.link}
        label={`${name}: ${t('openMatured', { share: text, count: matured.count })}`}
      >
        {text}
      </DrillLink>
    </span>
  )
}
