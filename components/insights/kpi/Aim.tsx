'use client'

import { useTranslations } from 'next-intl'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import { useBoardFrame } from '../board-context.ts'
import styles from './Aim.module.css'

/** The target of a figure and the distance to it, in words that fit its direction. Nothing where there is no target. */
export function Aim({ kpi }: { kpi: Pick<KpiFigure, 'unit' | 'judged'> }) {
  const t = useTranslations('board.kpi')
  const { words } = useBoardFrame()
  const aim = words.aimOf(kpi)
  if (!aim) return null
  return (
    <span className={styles.target}>
      <span className={styles.aim}>{t('target', { value: aim.target })}</span>
      {aim.distance && (
        <>
          {' · '}
          <span className={styles.gap} data-verdict={aim.standing}>
            {aim.distance}
          </span>
        </>
      )}
    </span>
  )
}
