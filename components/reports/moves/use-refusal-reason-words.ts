'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'

/** Why something cannot be done now, from the refusal reason that the policy gives. */
export function useRefusalReasonText() {
  const t = useTranslations('report.refusalReasons')
  const words = useTranslations('reports.states')
  return useCallback(
    (refusalReason: string, state: ReportState): string =>
      t.has(refusalReason as never) ? t(refusalReason as 'wrong_state', { state: words(state) }) : t('forbidden'),
    [t, words],
  )
}

/** The same for the one report that is open. */
export function useRefusalReasonWords({ state }: Pick<ReportView, 'state'>) {
  const text = useRefusalReasonText()
  return useCallback((refusalReason: string) => text(refusalReason, state), [text, state])
}
