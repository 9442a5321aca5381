'use client'

import { useQuery } from '@tanstack/react-query'
import {
  ArrowLeftRight,
  CalendarPlus,
  CalendarX2,
  Check,
  ChevronLeft,
  ChevronRight,
  Pencil,
  Trash2,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { CalendarDayView, CalendarView } from '#server/calendars/queries/desk.ts'
import { instantAt } from '#server/platform/rules/local-day.ts'
import { CalendarChangeDialog } from './CalendarChangeDialog.tsx'
import { dayText, intervalText } from './clock-text.ts'
import { DayForm } from './DayForm.tsx'
import styles from './DayList.module.css'
import { Section } from './Section.tsx'

type Asked = { day: CalendarDayView; to: 'confirm' | 'remove' }

/** The days of one year that differ from the weekly hours. */
export function DayList({ calendar, thisYear }: { calendar: CalendarView; thisYear: number }) {
  const t = useTranslations('calendars.days')
  const trpc = useTRPC()
  const nameIn = useNameIn()
  const [year, setYear] = useState(thisYear)
  const [editing, setEditing] = useState<CalendarDayView | 'new' | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const list = useQuery({
    ...trpc.calendars.days.queryOptions({ year, calendarId: calendar.id }),
    placeholderData: (before) => before,
  })
  const days = list.data ?? []
  const columns = [
    { key: 'date', label: t('columns.date') },
    { key: 'name', label: t('columns.name'), width: '42%' },
    { key: 'kind', label: t('columns.kind') },
    { key: 'status', label: t('columns.status') },
    { key: 'actions', label: t('columns.actions'), quiet: true },
  ]
  return (
    <Section
      title={t('title')}
      sentence={list.isSuccess && t('summary', countsOf(days))}
      actions={
        <>
          <span className={styles.year}>
            <IconButton size="small" label={t('previousYear')} onClick={() => setYear(year - 1)}>
              <ChevronLeft />
            </IconButton>
            <strong aria-live="polite">{t('year', { year: String(year) })}</strong>
            <IconButton size="small" label={t('nextYear')} onClick={() => setYear(year + 1)}>
              <ChevronRight />
            </IconButton>
          </span>
          <Button size="small" icon={<CalendarPlus />} onClick={() => setEditing('new')}>
            {t('add')}
          </Button>
        </>
      }
    >
      {list.isPending && <SkeletonRows rows={14} rowHeight={41} columns={[96, '2fr', '1fr', '1fr', 100]} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && days.length === 0 && (
        <EmptyState icon={CalendarX2} title={t('empty', { year: String(year) })}>
          {t('emptySentence')}
        </EmptyState>
      )}
      {days.length > 0 && (
        <Table label={`${t('title')}, ${t('year', { year: String(year) })}`} columns={columns}>
          {days.map((day) => (
            <DayRow
              key={day.id}
              day={day}
              name={nameIn(day)}
              onEdit={() => setEditing(day)}
              onAsk={(to) => setAsked({ day, to })}
            />
          ))}
        </Table>
      )}
      {editing && (
        <DayForm
          calendar={calendar}
          day={editing === 'new' ? null : editing}
          year={year}
          onClose={() => setEditing(null)}
        />
      )}
      {asked && (
        <CalendarChangeDialog
          title={asked.to === 'remove' ? t('removeTitle') : t('confirmTitle')}
          sentence={`${nameIn(asked.day)}, ${dayText(asked.day.date)}`}
          change={{
            change: asked.to === 'remove' ? 'remove_day' : 'confirm_day',
            input: { id: asked.day.id, version: asked.day.version },
          }}
          done={asked.to === 'remove' ? 'dayRemoved' : 'dayConfirmed'}
          name={nameIn(asked.day)}
          tone={asked.to === 'remove' ? 'danger' : 'primary'}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  )
}

type RowProps = {
  day: CalendarDayView
  name: string
  onEdit: () => void
  onAsk: (to: Asked['to']) => void
}

function DayRow({ day, name, onEdit, onAsk }: RowProps) {
  const t = useTranslations('calendars')
  const format = useFormat()
  const date = dayText(day.date)
  const isProposed = day.status === 'proposed'
  return (
    <tr data-proposed={isProposed || undefined} className={styles.row}>
      <Cell label={t('days.columns.date')}>
        <span className={styles.date}>
          {date} <span className={styles.quiet}>{format.weekday(instantAt(day.date, '12:00'))}</span>
        </span>
      </Cell>
      <Cell heading>
        {name}
        {day.calendarId !== null && <span className={styles.own}>{t('days.own')}</span>}
      </Cell>
      <Cell label={t('days.columns.kind')}>
        <span className={styles.kind}>
          <span className={styles[day.kind]}>{t(`kinds.${day.kind}`)}</span>
          {day.intervals && <span className={styles.quiet}>{day.intervals.map(intervalText).join(', ')}</span>}
          {day.swappedWith && (
            <span className={styles.swapped}>
              <ArrowLeftRight size={12} role="img" aria-label={t('days.swapped')} />
              {dayText(day.swappedWith)}
            </span>
          )}
        </span>
      </Cell>
      <Cell label={t('days.columns.status')}>
        <span className={isProposed ? styles.proposed : styles.quiet}>{t(`statuses.${day.status}`)}</span>
      </Cell>
      <Cell actions>
        <span className={styles.buttons}>
          {isProposed && (
            <IconButton size="small" label={t('days.confirmLabel', { name, date })} onClick={() => onAsk('confirm')}>
              <Check />
            </IconButton>
          )}
          <IconButton size="small" label={t('days.edit', { name, date })} onClick={onEdit}>
            <Pencil />
          </IconButton>
          <IconButton size="small" label={t('days.remove', { name, date })} onClick={() => onAsk('remove')}>
            <Trash2 />
          </IconButton>
        </span>
      </Cell>
    </tr>
  )
}

function countsOf(days: readonly CalendarDayView[]) {
  const confirmed = days.filter(({ status }) => status === 'confirmed')
  return {
    closed: confirmed.filter(({ kind }) => kind === 'closed').length,
    working: confirmed.filter(({ kind }) => kind === 'working').length,
    proposed: days.length - confirmed.length,
  }
}
