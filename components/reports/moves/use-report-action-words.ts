'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Severity } from '#server/reports/rules/lifecycle.ts'
import type { FormValues } from './forms.ts'
import type { ReportActionName } from './move-names.ts'

/** The text of the toast. `names` are the names behind the chosen ids. */
export function useReportActionWords() {
  const t = useTranslations('report')
  const reports = useTranslations('reports')
  return useCallback(
    (
      name: ReportActionName,
      report: ReportView,
      values: FormValues,
      names: Record<string, string>,
    ): { text: string } => {
      const { code } = report
      const seconds = report.windows.undoSeconds
      switch (name) {
        case 'approve':
          return { text: t('composer.approved', { code, seconds }) }
        case 'assign':
        case 'transfer':
        case 'request_transfer':
          return { text: t(`done.${name}`, { code, agency: names.agencyId ?? '' }) }
        case 'assign_person':
          return {
            text: values.accountId
              ? t('done.assign_person', { code, person: names.accountId ?? '' })
              : t('done.release', { code }),
          }
        case 'merge':
          return { text: t('done.merge', { code, into: names.intoReportId ?? '' }) }
        case 'change_category':
          return { text: t('done.change_category', { code, category: names.categoryCode ?? '' }) }
        case 'change_severity':
          return {
            text: t('done.change_severity', { code, severity: reports(`severities.${values.severity as Severity}`) }),
          }
        case 'rate':
          return { text: t('done.rate', { code, rating: String(values.rating) }) }
        default:
          return { text: t(`done.${name}`, { code }) }
      }
    },
    [t, reports],
  )
}
