'use client'

import { AdapterDayjs } from '@mui/x-date-pickers/AdapterDayjs'
import { DatePicker } from '@mui/x-date-pickers/DatePicker'
import { LocalizationProvider } from '@mui/x-date-pickers/LocalizationProvider'
import { enUS, viVN } from '@mui/x-date-pickers/locales'
import dayjs from 'dayjs'
import { CalendarDays, ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react'
import { useLocale } from 'next-intl'
import type { DateFieldProps } from './DateField.tsx'
import styles from './DateFieldPicker.module.css'
import { FormField } from './FormField.tsx'
import 'dayjs/locale/vi'
import 'dayjs/locale/en-gb'

const wire = 'YYYY-MM-DD'
const icons = {
  openPickerIcon: CalendarDays,
  leftArrowIcon: ChevronLeft,
  rightArrowIcon: ChevronRight,
  switchViewIcon: ChevronDown,
}
const words = {
  vi: viVN.components.MuiLocalizationProvider.defaultProps.localeText,
  en: enUS.components.MuiLocalizationProvider.defaultProps.localeText,
}

/** A day has no zone: it is passed as text, so the browser's own zone cannot shift it. */
export function DateFieldPicker({ label, value, onChange, min, max, error, hint, required = false }: DateFieldProps) {
  const locale = useLocale()
  return (
    <LocalizationProvider
      dateAdapter={AdapterDayjs}
      adapterLocale={locale === 'vi' ? 'vi' : 'en-gb'}
      localeText={words[locale]}
    >
      <FormField label={label} error={error} hint={hint} required={required}>
        {(field) => (
          <DatePicker
            format="DD/MM/YYYY"
            value={value === null ? null : dayjs(value, wire)}
            onChange={(day) => onChange(day?.isValid() ? day.format(wire) : null)}
            {...(min === undefined ? {} : { minDate: dayjs(min, wire) })}
            {...(max === undefined ? {} : { maxDate: dayjs(max, wire) })}
            slots={icons}
            slotProps={{
              textField: {
                id: field.id,
                size: 'small',
                fullWidth: true,
                className: styles.field ?? '',
                error: error !== undefined,
                required,
                // Its three parts are announced as one group, and that group is this field.
                slotProps: { input: { 'aria-label': label } },
              },
            }}
          />
        )}
      </FormField>
    </LocalizationProvider>
  )
}
