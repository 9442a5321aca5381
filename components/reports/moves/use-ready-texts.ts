'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { TemplateUse } from '#server/reports/rules/parts.ts'
import { renderTemplate, type TemplateValues } from '#server/reports/rules/templates.ts'
import type { ReadyText } from './TemplatePicker.tsx'

export const readyTextFreshness = 300_000

/** The templates for a report with its own values filled in; undefined until they are wanted and loaded. */
export function useReadyTexts(report: ReportView, use: TemplateUse, wanted: boolean): ReadyText[] | undefined {
  const trpc = useTRPC()
  const { data } = useQuery({
    ...trpc.answerTemplates.forReport.queryOptions({ use, categoryCode: report.category.code }),
    enabled: wanted,
    staleTime: readyTextFreshness,
  })
  const values = useTemplateValues(report)
  return useMemo(() => {
    return data?.map(({ id, name, body, categoryCode, reason, outcome }) => {
      const text = renderTemplate(body, values)
      return { id, label: name, also: text, text, reason, outcome, isOfCategory: categoryCode !== null }
    })
  }, [data, values])
}

/** The values of this report for the placeholders of a template. */
export function useTemplateValues(report: ReportView): TemplateValues {
  const format = useFormat()
  return useMemo(
    () => ({
      code: report.code,
      title: report.title,
      agency: report.agency?.name ?? null,
      address: report.address || (report.area?.name ?? null),
      due: report.deadline.dueAt && format.dateTime(report.deadline.dueAt),
    }),
    [report, format],
  )
}
