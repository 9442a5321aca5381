'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useMyself } from '#components/reports/report/use-report.ts'
import { FormField } from '#components/ui/FormField.tsx'
import { QuickPicks } from '#components/ui/QuickPicks.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { TemplateMenu } from './TemplateMenu.tsx'
import type { ReadyText } from './TemplatePicker.tsx'
import { useReadyTexts } from './use-ready-texts.ts'
import { noteUsualText, usualTextFor } from './usual-texts.ts'

type Props = {
  report: ReportView
  use: 'reject' | 'ask_citizen'
  label: string
  hint: string | undefined
  error: string | undefined
  required: boolean
  value: string
  /** The chosen reason, if any: each reason has its usual text. */
  reason: string
  onChange: (text: string) => void
  autoFocus: boolean
}

const most = 5

/**
 * Text to the citizen with templates: one by a digit, or automatically by the reason: the one last used for it, else
 * its standard one.
 */
export function ReadyTextField({ report, use, value, reason, onChange, autoFocus, ...field }: Props) {
  const t = useTranslations('report.dialogs')
  const myself = useMyself()
  const texts = useReadyTexts(report, use, true)
  const filled = useRef('')
  const usual = myself && reason !== '' ? usualTextFor(myself.id, reason) : undefined
  const usualText = (texts?.find(({ id }) => id === usual) ?? texts?.find((each) => each.reason === reason))?.text
  const latest = useRef({ value, onChange })
  useEffect(() => {
    latest.current = { value, onChange }
  })
  // Text that the user wrote stays; text that came with another reason is replaced.
  useEffect(() => {
    if (reason === '' || latest.current.value !== filled.current) return
    filled.current = usualText ?? ''
    if (latest.current.value !== filled.current) latest.current.onChange(filled.current)
  }, [reason, usualText])

  const pick = ({ id, text }: ReadyText) => {
    filled.current = text
    onChange(text)
    if (myself && reason !== '') noteUsualText(myself.id, reason, id)
  }
  return (
    <QuickPicks
      label={t('readyTexts')}
      picks={texts?.slice(0, most) ?? []}
      picked={texts?.find(({ text }) => text === value)?.id}
      byDigit={value === ''}
      onPick={pick}
    >
      <FormField
        {...field}
        aside={
          <TemplateMenu
            report={report}
            use={use}
            onChoose={(chosen) => (value === '' ? pick(chosen) : onChange(`${value}\n\n${chosen.text}`))}
          />
        }
      >
        {(wiring) => (
          <TextArea
            {...wiring}
            autoFocus={autoFocus}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </FormField>
    </QuickPicks>
  )
}
