'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { ReportView } from '#server/reports/queries/report.ts'

/** Why something cannot be done now, from the code that the policy gives. */
export function useObstacleWords(report: Pick<ReportView, 'state'>) {
  const t = useTranslations('report.obstacles')
  const words = useTranslations('reports.states')
  const { state } = report
  return useCallback(
    (obstacle: string): string =>
      t.has(obstacle as never) ? t(obstacle as 'wrong_state', { state: words(state) }) : t('forbidden'),
    [t, words, state],
  )
}
