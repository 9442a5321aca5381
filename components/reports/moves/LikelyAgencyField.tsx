'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { PickerOption } from '#components/ui/match-options.ts'
import { QuickPicks } from '#components/ui/QuickPicks.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { PickerField, type PickerProps } from './PickerFields.tsx'
import { useLikelyAgencies } from './use-likely-agencies.ts'

type Props = PickerProps & { report: ReportView; proposed: PickerOption | null | undefined }

/** An agency by its name, or by a digit one of those that usually handle reports of this place. */
export function LikelyAgencyField({ report, proposed, ...field }: Props) {
  const t = useTranslations('report.dialogs')
  const { options, picks } = useLikelyAgencies(report, proposed)
  const [isTyped, setTyped] = useState(false)
  // A new ranking does not move the lines after the user has begun to type.
  const [settled, settle] = useState(options)
  if (options !== settled && !(isTyped && settled)) settle(options)
  // What is learned meanwhile, most often from the previous decision, does not put another agency under a digit that is
  // being pressed.
  const about = proposed === undefined ? null : (proposed?.id ?? '')
  const [shown, show] = useState({ about, picks })
  if (shown.about !== about || (shown.picks.length === 0 && picks.length > 0)) show({ about, picks })
  return (
    <div onInput={({ target }) => setTyped(target instanceof HTMLInputElement && target.value !== '')}>
      <QuickPicks
        label={t('likelyAgencies')}
        picks={shown.picks}
        picked={field.value}
        byDigit={!isTyped}
        onPick={({ id, label }) => field.onChange(id, label)}
      >
        <PickerField {...field} options={settled} sends />
      </QuickPicks>
    </div>
  )
}
