'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { CalendarDayView, CalendarView } from '#server/calendars/queries/desk.ts'
import { calendarDayStatuses, type SaveDay, saveDayInput } from '#server/calendars/rules/schemas.ts'
import { calendarDayKinds } from '#server/calendars/rules/working-time.ts'
import { dayText } from './clock-text.ts'
import styles from './DayForm.module.css'
import { DryRunLine } from './DryRunLine.tsx'
import { TimeInput } from './TimeInput.tsx'
import { useCalendarChange } from './use-calendar-change.ts'

type Props = { calendar: CalendarView; day: CalendarDayView | null; year: number; onClose: () => void }
type Values = Omit<SaveDay, 'date'> & { date: string | null }

const morning: [number, number] = [480, 720]

export function DayForm({ calendar, day, year, onClose }: Props) {
  const t = useTranslations('calendars.days')
  const words = useTranslations('calendars')
  const problemOf = useProblemText()
  const form = useForm<Values, SaveDay>(saveDayInput, day ? { ...day } : freshDay)
  const [checked, setChecked] = useState<SaveDay | null>(null)
  const { values, problems, set } = form
  const save = useCalendarChange('daySaved', values.name, onClose)
  const change = <Key extends keyof Values>(key: Key, value: Values[Key]) => {
    setChecked(null)
    set(key, value)
  }

  /** First press: a dry run. Second press, with nothing changed in between: save. */
  const submit = () => {
    const input = form.check()
    if (!input) return
    if (checked) save.mutate({ change: 'save_day', input })
    else setChecked(input)
  }
  const keep = (version: number) => {
    change('version', version)
    save.reset()
  }
  const take = async () => {
    await save.refresh()
    onClose()
  }
  const errorOf = (field: keyof Values) => problemOf(problems[field])

  return (
    <FormSheet
      title={day ? t('formEdit', { date: dayText(day.date) }) : t('formAdd')}
      submitLabel={checked ? words('dryRun.save') : words('dryRun.check')}
      busy={save.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={save.error} onKeep={keep} onTake={take} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={styles.pair}>
        <DateField
          label={t('date')}
          value={values.date}
          error={errorOf('date')}
          required
          onChange={(date) => change('date', date)}
          {...(!day && { min: `${year - 1}-01-01` })}
        />
        <FormField label={t('kind')}>
          {(field) => (
            <SelectInput
              {...field}
              value={values.kind}
              onChange={(event) => change('kind', event.target.value as Values['kind'])}
            >
              {calendarDayKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {words(`kinds.${kind}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      </div>
      <PartOfDay
        intervals={values.intervals}
        error={errorOf('intervals')}
        onChange={(intervals) => change('intervals', intervals)}
      />
      <FormField label={t('name')} error={errorOf('name')} required>
        {(field) => (
          <TextInput {...field} value={values.name} onChange={(event) => change('name', event.target.value)} />
        )}
      </FormField>
      <FormField label={t('nameEn')} error={errorOf('nameEn')} required>
        {(field) => (
          <TextInput
            {...field}
            lang="en"
            value={values.nameEn}
            onChange={(event) => change('nameEn', event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('status')} hint={t('statusHint')}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.status}
            onChange={(event) => change('status', event.target.value as Values['status'])}
          >
            {calendarDayStatuses.map((status) => (
              <option key={status} value={status}>
                {words(`statuses.${status}`)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <DateField
        label={t('swapped')}
        value={values.swappedWith}
        error={errorOf('swappedWith')}
        hint={t('swappedHint')}
        onChange={(date) => change('swappedWith', date)}
      />
      {!day && (
        <FormField label={t('scope')}>
          {(field) => (
            <SelectInput
              {...field}
              value={values.calendarId ?? ''}
              onChange={(event) => change('calendarId', event.target.value || null)}
            >
              <option value="">{t('scopeAll')}</option>
              <option value={calendar.id}>{t('scopeOne', { name: calendar.name })}</option>
            </SelectInput>
          )}
        </FormField>
      )}
      <FormField label={t('source')} hint={t('sourceHint')} error={errorOf('source')}>
        {(field) => (
          <TextInput {...field} value={values.source} onChange={(event) => change('source', event.target.value)} />
        )}
      </FormField>
      {checked && <DryRunLine change={{ change: 'save_day', input: checked }} />}
    </FormSheet>
  )
}

type PartProps = {
  intervals: [number, number][] | null
  error: string | undefined
  onChange: (intervals: [number, number][] | null) => void
}

/** The whole day, or one part of it. */
function PartOfDay({ intervals, error, onChange }: PartProps) {
  const t = useTranslations('calendars.days')
  const [from, to] = intervals?.[0] ?? morning
  return (
    <div className={styles.part}>
      <CheckField
        label={t('part')}
        checked={intervals !== null}
        onChange={(checked) => onChange(checked ? [morning] : null)}
      />
      {intervals !== null && (
        <span className={styles.times}>
          <TimeInput label={t('partFrom')} value={from} onChange={(minute) => onChange([[minute, to]])} />–
          <TimeInput label={t('partTo')} value={to} onChange={(minute) => onChange([[from, minute]])} />
        </span>
      )}
      {error && <p className={styles.error}>{error}</p>}
    </div>
  )
}

const freshDay: Values = {
  id: null,
  version: 0,
  calendarId: null,
  date: null,
  kind: 'closed',
  intervals: null,
  name: '',
  nameEn: '',
  status: 'confirmed',
  swappedWith: null,
  source: '',
}
