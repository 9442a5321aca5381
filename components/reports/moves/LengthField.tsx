'use client'

import { useTranslations } from 'next-intl'
import { Choice } from './Choice.tsx'

type Props = {
  label: string
  error?: string | undefined
  required: boolean
  value: number
  onChange: (minutes: number) => void
  autoFocus: boolean
}

const day = 480
const lengths = [240, day, 2 * day, 3 * day, 5 * day, 10 * day]

/** The length of an extension, in the usual steps. */
export function LengthField({ value, onChange, ...rest }: Props) {
  const t = useTranslations('report.dialogs')
  const options = lengths.map((minutes) => ({
    value: String(minutes),
    label: minutes < day ? t('lengthHalf') : t('lengthDays', { days: minutes / day }),
  }))
  return <Choice {...rest} options={options} value={String(value)} onChange={(chosen) => onChange(Number(chosen))} />
}
