'use client'

import { useQuery } from '@tanstack/react-query'
import { Building2, CalendarOff, CalendarPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import type { CalendarView } from '#server/calendars/queries/desk.ts'
import { CalendarForm } from './CalendarForm.tsx'
import styles from './CalendarsPage.module.css'
import { DayList } from './DayList.tsx'
import { DuePreview } from './DuePreview.tsx'
import { GiveCalendarForm } from './GiveCalendarForm.tsx'
import { HoursList } from './HoursList.tsx'

type Props = { initial: CalendarView[]; thisYear: number }

/**
 * One calendar at a time: its weekly hours, the days that differ from them, and a preview of the resulting deadlines.
 */
export function CalendarsPage({ initial, thisYear }: Props) {
  const t = useTranslations('calendars')
  const trpc = useTRPC()
  const { data: calendars } = useQuery({ ...trpc.calendars.list.queryOptions(), initialData: initial })
  const [chosen, setChosen] = useState(initial[0]?.id)
  const [form, setForm] = useState<'create' | 'give' | null>(null)
  const calendar = calendars.find(({ id }) => id === chosen) ?? calendars[0]
  if (!calendar) return <EmptyState icon={CalendarOff} title={t('hours.empty')} />
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={`${calendar.name} · ${t('agencies', { count: calendar.agencies })}`}
        sentence={t('sentence')}
        actions={
          <>
            {calendars.length > 1 && (
              <SelectInput
                className={styles.choose}
                aria-label={t('choose')}
                value={calendar.id}
                onChange={(event) => setChosen(event.target.value)}
              >
                {calendars.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </SelectInput>
            )}
            <Button icon={<Building2 />} onClick={() => setForm('give')}>
              {t('give.open')}
            </Button>
            <Button icon={<CalendarPlus />} onClick={() => setForm('create')}>
              {t('create.open')}
            </Button>
          </>
        }
      />
      <div className={styles.columns}>
        <DayList calendar={calendar} thisYear={thisYear} />
        <div className={styles.side}>
          <HoursList calendar={calendar} />
          <DuePreview key={calendar.id} calendarId={calendar.id} />
        </div>
      </div>
      {form === 'create' && (
        <CalendarForm
          calendars={calendars}
          likeId={calendar.id}
          onMade={(id) => {
            setChosen(id)
            setForm(null)
          }}
          onClose={() => setForm(null)}
        />
      )}
      {form === 'give' && <GiveCalendarForm calendar={calendar} onClose={() => setForm(null)} />}
    </>
  )
}
