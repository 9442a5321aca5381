'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'

/** Why something cannot be done now, from the code that the policy gives. */
export function useObstacleText() {
  const t = useTranslations('report.obstacles')
  const words = useTranslations('reports.states')
  return useCallback(
    (obstacle: string, state: ReportState): string =>
      t.has(obstacle as never) ? t(obstacle as 'wrong_state', { state: words(state) }) : t('forbidden'),
    [t, words],
  )
}

/** The same for the one report that is open. */
export function useObstacleWords({ state }: Pick<ReportView, 'state'>) {
  const text = useObstacleText()
  return useCallback((obstacle: string) => text(obstacle, state), [text, state])
}
