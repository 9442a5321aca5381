'use client'

import { CalendarClock, Pencil, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import type { CalendarHours, CalendarView } from '#server/calendars/queries/desk.ts'
import type { Weekly } from '#server/calendars/rules/working-time.ts'
import { CalendarChangeDialog } from './CalendarChangeDialog.tsx'
import { dayText, intervalText } from './clock-text.ts'
import { HoursForm } from './HoursForm.tsx'
import styles from './HoursList.module.css'
import { Section } from './Section.tsx'
import { weekdays } from './weekdays.ts'

/** The versions of the weekly hours, the newest first. */
export function HoursList({ calendar }: { calendar: CalendarView }) {
  const t = useTranslations('calendars.hours')
  const [editing, setEditing] = useState<CalendarHours | 'new' | null>(null)
  const [removing, setRemoving] = useState<CalendarHours | null>(null)
  return (
    <Section
      title={t('title')}
      sentence={t('sentence')}
      actions={
        <Button size="small" icon={<Plus />} onClick={() => setEditing('new')}>
          {t('add')}
        </Button>
      }
    >
      {calendar.hours.length === 0 && <EmptyState icon={CalendarClock} title={t('empty')} />}
      <ul className={styles.versions}>
        {calendar.hours.map((hours) => (
          <li key={hours.id} className={styles.version} data-in-force={hours.inForce || undefined}>
            <HoursHeading hours={hours} onEdit={() => setEditing(hours)} onRemove={() => setRemoving(hours)} />
            <WeekTable weekly={hours.weekly} />
          </li>
        ))}
      </ul>
      {editing && (
        <HoursForm calendar={calendar} hours={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {removing && (
        <CalendarChangeDialog
          title={t('removeTitle')}
          sentence={t('removeSentence', { from: dayText(removing.validFrom) })}
          change={{
            change: 'remove_hours',
            input: { calendarId: calendar.id, version: calendar.version, id: removing.id },
          }}
          done="hoursRemoved"
          name=""
          tone="danger"
          onClose={() => setRemoving(null)}
        />
      )}
    </Section>
  )
}

type HeadingProps = { hours: CalendarHours; onEdit: () => void; onRemove: () => void }

function HoursHeading({ hours, onEdit, onRemove }: HeadingProps) {
  const t = useTranslations('calendars.hours')
  const from = dayText(hours.validFrom)
  const standing = hours.inForce ? 'inForce' : hours.upcoming ? 'upcoming' : 'past'
  return (
    <div className={styles.heading}>
      <span>
        <strong>
          {hours.validTo === null ? t('from', { from }) : t('span', { from, to: dayText(hours.validTo) })}
        </strong>
        <span className={styles.standing} data-standing={standing}>
          {t(standing)}
        </span>
      </span>
      {hours.upcoming && (
        <span>
          <IconButton size="small" label={t('edit', { from })} onClick={onEdit}>
            <Pencil />
          </IconButton>
          <IconButton size="small" label={t('remove', { from })} onClick={onRemove}>
            <Trash2 />
          </IconButton>
        </span>
      )}
    </div>
  )
}

/** Neighbouring days with the same hours share a line: "Thứ Hai – Thứ Sáu 08:00–12:00, 13:00–17:00". */
function WeekTable({ weekly }: { weekly: Weekly }) {
  const t = useTranslations('calendars')
  return (
    <dl className={styles.week}>
      {spansOf(weekly).map(({ first, last, text }) => (
        <div key={first} className={styles.line}>
          <dt>{first === last ? t(`weekdays.${first}`) : `${t(`weekdays.${first}`)} – ${t(`weekdays.${last}`)}`}</dt>
          <dd data-closed={text === '' || undefined}>{text || t('hours.closed')}</dd>
        </div>
      ))}
    </dl>
  )
}

function spansOf(weekly: Weekly) {
  const spans: { first: (typeof weekdays)[number]; last: (typeof weekdays)[number]; text: string }[] = []
  for (const weekday of weekdays) {
    const text = (weekly[weekday] ?? []).map(intervalText).join(', ')
    const last = spans.at(-1)
    if (last?.text === text) last.last = weekday
    else spans.push({ first: weekday, last: weekday, text })
  }
  return spans
}
