'use client'

import { useRef } from 'react'
import { TriggerArea } from '#components/reports/triggers/TriggerArea.tsx'
import { useColleagueOffers, useOffersOf } from '#components/reports/triggers/use-colleague-offers.ts'
import { useReportOffers } from '#components/reports/triggers/use-report-offers.ts'
import { useTrigger } from '#components/reports/triggers/use-trigger.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { type Mention, mentionsIn } from '#server/reports/rules/mentions.ts'

type Props = {
  report: ReportView
  'aria-label': string
  placeholder: string
  className: string
  value: string
  /** `mentioned`: the colleague whose name was just chosen. */
  onText: (text: string, mentioned: string | null) => void
}

/** The colleague whose name has just been typed in full, which means the same as choosing it; not one of namesakes. */
function nameTyped(text: string, before: string, colleagues: readonly Mention[]): string | null {
  const typed = mentionsIn(text, colleagues).filter((each) => mentionsIn(before, [each]).length === 0)
  const [only] = typed
  return only && colleagues.filter(({ name }) => name === only.name).length === 1 ? only.id : null
}

/** The text for colleagues, with `#` for another report and `@` for a colleague. */
export function NoteArea({ report, value, onText, ...area }: Props) {
  const colleagues = useColleagueOffers(report)
  const trigger = useTrigger(value, ['composer.report', 'composer.colleague'], colleagues.isChosen)
  const queryOf = (id: string) => (trigger.open?.id === id ? trigger.open.query : null)
  const reports = useReportOffers(report, queryOf('composer.report'))
  const mentions = useOffersOf(colleagues, queryOf('composer.colleague'))
  const chosen = useRef<string | null>(null)
  const isMention = trigger.open?.id === 'composer.colleague'
  return (
    <TriggerArea
      {...area}
      autoFocus
      maxLength={8000}
      value={value}
      trigger={trigger}
      offers={isMention ? mentions : reports}
      onChosen={({ id }) => {
        chosen.current = isMention ? id : null
      }}
      onText={(text) => {
        onText(text, chosen.current ?? nameTyped(text, value, colleagues.data ?? []))
        chosen.current = null
      }}
    />
  )
}
