'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { QuickPicks } from '#components/ui/QuickPicks.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { AgencyField, type PickerProps } from './PickerFields.tsx'
import { useLikelyAgencies } from './use-likely-agencies.ts'

/** An agency by its name, or one of those that reports of this place usually go to by a digit. */
export function LikelyAgencyField({ report, ...field }: PickerProps & { report: ReportView }) {
  const t = useTranslations('report.dialogs')
  const picks = useLikelyAgencies(report)
  const [isTyped, setTyped] = useState(false)
  return (
    <div onInput={({ target }) => setTyped(target instanceof HTMLInputElement && target.value !== '')}>
      <QuickPicks
        label={t('likelyAgencies')}
        picks={picks}
        picked={field.value}
        byDigit={!isTyped}
        onPick={({ id, label }) => field.onChange(id, label)}
      >
        <AgencyField {...field} />
      </QuickPicks>
    </div>
  )
}
