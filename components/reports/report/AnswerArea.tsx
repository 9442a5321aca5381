'use client'

import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { TriggerArea } from '#components/reports/triggers/TriggerArea.tsx'
import { useSnippetOffers } from '#components/reports/triggers/use-snippet-offers.ts'
import { useTrigger } from '#components/reports/triggers/use-trigger.ts'
import type { FieldWiring } from '#components/ui/FormField.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'

type Props = FieldWiring & {
  ref: RefObject<HTMLTextAreaElement | null>
  report: ReportView
  placeholder: string
  value: string
  onText: (text: string) => void
}

/** What was done, with `::` for a template. No other report is named here: whoever reads the answer may not see that one. */
export function AnswerArea({ report, value, ...area }: Props) {
  const t = useTranslations('report.composer')
  const trigger = useTrigger(value, ['composer.snippet'])
  const offers = useSnippetOffers(report, trigger.open?.query ?? null, t('templateOwn'))
  return <TriggerArea {...area} autoFocus maxLength={8000} value={value} trigger={trigger} offers={offers} />
}
