'use client'

import { useTranslations } from 'next-intl'
import { DateField } from '#components/ui/DateField.tsx'
import { type DayRange, rangeBetween } from '#server/platform/rules/filters/day-range.ts'
import styles from './FilterFields.module.css'

type Props = { label: string; range: DayRange | null; onChange: (range: DayRange | null) => void }

/** From a day to a day, either of them optional. */
export function DayRangeField({ label, range, onChange }: Props) {
  const t = useTranslations('common.filter')
  const set = (change: Partial<DayRange>) => {
    const next = { from: range?.from ?? null, to: range?.to ?? null, ...change }
    onChange(rangeBetween(next.from, next.to))
  }
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.days}>
        <DateField
          label={t('from')}
          value={range?.from ?? null}
          {...(range?.to && { max: range.to })}
          onChange={(from) => set({ from })}
        />
        <DateField
          label={t('to')}
          value={range?.to ?? null}
          {...(range?.from && { min: range.from })}
          onChange={(to) => set({ to })}
        />
      </div>
    </fieldset>
  )
}
