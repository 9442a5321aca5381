'use client'

import { Copy, Minus, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { Button } from '#components/ui/Button.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useFormat } from '#components/ui/use-format.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { CalendarHours, CalendarView } from '#server/calendars/queries/desk.ts'
import { type SaveHours, saveHoursInput } from '#server/calendars/rules/schemas.ts'
import type { Weekly } from '#server/calendars/rules/working-time.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'
import { DryRunLine } from './DryRunLine.tsx'
import styles from './HoursForm.module.css'
import { TimeInput } from './TimeInput.tsx'
import { useCalendarChange } from './use-calendar-change.ts'
import { weekdays } from './weekdays.ts'

type Props = { calendar: CalendarView; hours: CalendarHours | null; onClose: () => void }
type Values = Omit<SaveHours, 'validFrom'> & { validFrom: string | null }

export function HoursForm({ calendar, hours, onClose }: Props) {
  const t = useTranslations('calendars.hours')
  const dryRun = useTranslations('calendars.dryRun')
  const problemOf = useProblemText()
  const [tomorrow] = useState(() => dayAfter(localDayOf(new Date())))
  const form = useForm<Values, SaveHours>(saveHoursInput, {
    calendarId: calendar.id,
    version: calendar.version,
    id: hours?.id ?? null,
    validFrom: hours?.validFrom ?? tomorrow,
    validTo: hours?.validTo ?? null,
    weekly: (hours ?? calendar.hours.find(({ inForce }) => inForce))?.weekly ?? {},
  })
  const [checked, setChecked] = useState<SaveHours | null>(null)
  const save = useCalendarChange('hoursSaved', '', onClose)
  const { values, problems, set } = form
  const change = <Key extends keyof Values>(key: Key, value: Values[Key]) => {
    setChecked(null)
    set(key, value)
  }

  /** First press: a dry run. Second press, with nothing changed in between: save. */
  const submit = () => {
    const input = form.check()
    if (!input) return
    if (checked) save.mutate({ change: 'save_hours', input })
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

  return (
    <FormSheet
      title={hours ? t('formEdit') : t('formAdd')}
      submitLabel={checked ? dryRun('save') : dryRun('check')}
      busy={save.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={save.error} onKeep={keep} onTake={take} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={styles.span}>
        <DateField
          label={t('validFrom')}
          value={values.validFrom}
          min={tomorrow}
          error={problemOf(problems.validFrom)}
          required
          onChange={(day) => change('validFrom', day)}
        />
        <DateField
          label={t('validTo')}
          value={values.validTo}
          min={values.validFrom ?? tomorrow}
          error={problemOf(problems.validTo)}
          hint={t('validToHint')}
          onChange={(day) => change('validTo', day)}
        />
      </div>
      <WeekFields
        weekly={values.weekly}
        error={problemOf(problems.weekly)}
        onChange={(week) => change('weekly', week)}
      />
      {checked && <DryRunLine change={{ change: 'save_hours', input: checked }} />}
    </FormSheet>
  )
}

type WeekProps = { weekly: Weekly; error: string | undefined; onChange: (weekly: Weekly) => void }

function WeekFields({ weekly, error, onChange }: WeekProps) {
  const t = useTranslations('calendars')
  const format = useFormat()
  const minutes = Object.values(weekly)
    .flat()
    .reduce((sum, [from, to]) => sum + Math.max(0, to - from), 0)
  const copyMonday = () => {
    const monday = weekly['1'] ?? []
    onChange({ ...weekly, 2: monday, 3: monday, 4: monday, 5: monday })
  }
  return (
    <fieldset className={styles.week}>
      <legend>{t('hours.weekly')}</legend>
      {weekdays.map((weekday) => (
        <DayFields
          key={weekday}
          name={t(`weekdays.${weekday}`)}
          hours={weekly[weekday] ?? []}
          onChange={(hours) => onChange({ ...weekly, [weekday]: hours })}
        />
      ))}
      {error && <p className={styles.error}>{error}</p>}
      <div className={styles.foot}>
        <span className={styles.total}>
          {t('hours.total', { hours: Number.isNaN(minutes) ? '–' : format.number(minutes / 60) })}
        </span>
        <Button size="small" variant="quiet" icon={<Copy />} onClick={copyMonday}>
          {t('hours.copy')}
        </Button>
      </div>
    </fieldset>
  )
}

type DayProps = { name: string; hours: [number, number][]; onChange: (hours: [number, number][]) => void }

function DayFields({ name, hours, onChange }: DayProps) {
  const t = useTranslations('calendars.hours')
  const edit = (at: number, end: 0 | 1, minute: number) =>
    onChange(hours.map((interval, i) => (i === at ? withEnd(interval, end, minute) : interval)))
  const add = () => {
    const [, last] = hours.at(-1) ?? [0, 420]
    onChange([...hours, [Math.min(last + 60, 1380), Math.min(last + 300, 1440)]])
  }
  return (
    <div className={styles.day}>
      <span className={styles.name}>{name}</span>
      <span className={styles.intervals}>
        {hours.length === 0 && <span className={styles.closed}>{t('closed')}</span>}
        {hours.map(([from, to], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an interval is nothing but its place in the day
          <span key={i} className={styles.interval}>
            <TimeInput label={t('start', { day: name })} value={from} onChange={(minute) => edit(i, 0, minute)} />–
            <TimeInput label={t('end', { day: name })} value={to} onChange={(minute) => edit(i, 1, minute)} />
            <IconButton
              size="small"
              label={t('removeInterval', { day: name })}
              onClick={() => onChange(hours.filter((_, place) => place !== i))}
            >
              <Minus />
            </IconButton>
          </span>
        ))}
      </span>
      <IconButton size="small" label={t('addInterval', { day: name })} onClick={add}>
        <Plus />
      </IconButton>
    </div>
  )
}

const withEnd = ([from, to]: [number, number], end: 0 | 1, minute: number): [number, number] =>
  end === 0 ? [minute, to] : [from, minute]
