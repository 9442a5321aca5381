'use client'

import { TriggerArea } from '#components/reports/triggers/TriggerArea.tsx'
import { useReportOffers } from '#components/reports/triggers/use-report-offers.ts'
import { useTrigger } from '#components/reports/triggers/use-trigger.ts'
import type { ReportView } from '#server/reports/queries/report.ts'

type Props = {
  report: ReportView
  'aria-label': string
  placeholder: string
  className: string
  value: string
  onText: (text: string) => void
}

/** The text for colleagues, with `#` for another report. */
export function NoteArea({ report, value, ...area }: Props) {
  const trigger = useTrigger(value, ['composer.report'])
  const offers = useReportOffers(report, trigger.open?.query ?? null)
  return <TriggerArea {...area} autoFocus maxLength={8000} value={value} trigger={trigger} offers={offers} />
}
