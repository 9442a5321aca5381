'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { leastLeadSeconds } from '#server/bulletins/rules/lifecycle.ts'
import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import styles from './MoveDialog.module.css'
import { Choice, Choices } from './MoveFields.tsx'

type Props = {
  move: 'publish' | 'schedule'
  mayPublish: boolean
  maySchedule: boolean
  at: Date | null
  onMove: (move: 'publish' | 'schedule') => void
  onAt: (at: Date | null) => void
}

const minute = 60_000

export const isTimeRefused = (at: Date | null, now: Date): boolean =>
  at === null || Number.isNaN(at.getTime()) || at.getTime() - now.getTime() < leastLeadSeconds * 1000

/** Eight to five, Monday to Friday: outside it nobody may be there to answer for it. */
function isOutsideHours(at: Date): boolean {
  const local = new Date(at.getTime() + 7 * 3_600_000)
  const [weekday, minutes] = [local.getUTCDay(), local.getUTCHours() * 60 + local.getUTCMinutes()]
  return weekday === 0 || weekday === 6 || minutes < 480 || minutes > 1020
}

/** Now, or on a minute of Hanoi's clocks. */
export function ScheduleFields({ move, mayPublish, maySchedule, at, onMove, onAt }: Props) {
  const t = useTranslations('bulletins.schedule')
  const [now] = useState(() => new Date())
  return (
    <>
      <Choices legend={t('legend')}>
        <Choice
          name="when"
          label={t('now')}
          hint={t('nowHint')}
          checked={move === 'publish'}
          disabled={!mayPublish}
          onChoose={() => onMove('publish')}
        />
        <Choice
          name="when"
          label={t('later')}
          hint={t('laterHint')}
          checked={move === 'schedule'}
          disabled={!maySchedule}
          onChoose={() => onMove('schedule')}
        />
      </Choices>
      {move === 'schedule' && <MomentInputs at={at} now={now} onAt={onAt} />}
    </>
  )
}

type MomentProps = { at: Date | null; now: Date; onAt: (at: Date | null) => void }

/** A day and a minute with the zone beside them; says at once what is wrong with it. */
export function MomentInputs({ at, now, onAt }: MomentProps) {
  const t = useTranslations('bulletins.schedule')
  const [day, setDay] = useState(() => localDayOf(at ?? now))
  const [time, setTime] = useState(() => (at ? timeOf(at) : ''))
  const change = (nextDay: string, nextTime: string) => {
    setDay(nextDay)
    setTime(nextTime)
    onAt(momentOf(nextDay, nextTime))
  }
  const isTyped = day !== '' && /^\d{1,2}:\d{2}$/.test(time)
  return (
    <>
      <div className={styles.when}>
        <FormField label={t('day')} required>
          {(field) => (
            <TextInput
              {...field}
              type="date"
              min={localDayOf(now)}
              value={day}
              onChange={({ target }) => change(target.value, time)}
            />
          )}
        </FormField>
        <FormField label={t('time')} required>
          {(field) => (
            <TextInput
              {...field}
              type="time"
              autoFocus
              value={time}
              onChange={({ target }) => change(day, target.value)}
            />
          )}
        </FormField>
      </div>
      <p className={styles.zone}>{t('zone')}</p>
      {isTyped && isTimeRefused(at, now) && (
        <p className={styles.wrong} role="alert">
          {at && at <= now ? t('past') : t('refused')}
        </p>
      )}
      {at && !isTimeRefused(at, now) && isOutsideHours(at) && (
        <p className={styles.warning}>
          <TriangleAlert size={14} aria-hidden="true" />
          {t('outside')}
        </p>
      )}
    </>
  )
}

const timeOf = (at: Date): string => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(11, 16)

function momentOf(day: string, time: string): Date | null {
  const [hours, minutes] = time.split(':').map(Number)
  if (day === '' || hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)) return null
  return new Date(startOfDay(day).getTime() + (hours * 60 + minutes) * minute)
}
