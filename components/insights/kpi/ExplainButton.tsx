'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import styles from './ExplainButton.module.css'

type Props = { kpi: Pick<KpiFigure, 'change'>; onExplain: () => void }

/** Opens what moved the figure; nothing where it did not move. */
export function ExplainButton({ kpi: { change }, onExplain }: Props) {
  const t = useTranslations('board.kpi')
  if (change === null || change === 0) return null
  return (
    <Button variant="quiet" size="small" className={styles.explain} onClick={onExplain}>
      {t('explain')}
    </Button>
  )
}
