'use client'

import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import type { Offer } from '#components/reports/triggers/offers.ts'
import type { TriggerId } from '#components/reports/triggers/open-trigger.ts'
import { TriggerArea } from '#components/reports/triggers/TriggerArea.tsx'
import { useEarlierOffers } from '#components/reports/triggers/use-earlier-offers.ts'
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
  /** Called before the text of a template or an earlier answer is inserted. */
  onChosen: (offer: Offer) => void
}

/**
 * What was done, with `::` for a template and `??` for earlier answers. No other report is named here: readers of the
 * answer may not be allowed to see it.
 */
export function AnswerArea({ report, value, ...area }: Props) {
  const t = useTranslations('report.composer')
  const trigger = useTrigger(value, ['composer.snippet', 'composer.knowledge'])
  const queryOf = (id: TriggerId) => (trigger.open?.id === id ? trigger.open.query : null)
  const snippets = useSnippetOffers(report, queryOf('composer.snippet'), t('templateOwn'))
  const earlier = useEarlierOffers(report, queryOf('composer.knowledge'), t('triggers.knowledge.own'))
  const offers = trigger.open?.id === 'composer.knowledge' ? earlier : snippets
  return <TriggerArea {...area} autoFocus maxLength={8000} value={value} trigger={trigger} offers={offers} />
}
