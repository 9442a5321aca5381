'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { MomentFields } from '#components/incidents/MomentFields.tsx'
import { leastLeadSeconds } from '#server/bulletins/rules/lifecycle.ts'
import { localParts } from '#server/platform/rules/local-day.ts'
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

/** The quarter of an hour to propose: the first that leaves ten minutes for a last check. */
export const suggestedTime = (now: Date): Date =>
  new Date(Math.ceil((now.getTime() + 10 * minute) / (15 * minute)) * 15 * minute)

/** Outside Monday to Friday, eight to five, no one may be there to take responsibility for it. */
function isOutsideHours(at: Date): boolean {
  const local = localParts(at)
  const [weekday, minutes] = [local.getUTCDay(), local.getUTCHours() * 60 + local.getUTCMinutes()]
  return weekday === 0 || weekday === 6 || minutes < 480 || minutes > 1020
}

/** Publish now, or at a minute of Hanoi time. */
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

/** A day and a minute in the stated time zone; validated at once. */
export function MomentInputs({ at, now, onAt }: MomentProps) {
  const t = useTranslations('bulletins.schedule')
  const isTyped = at !== null && !Number.isNaN(at.getTime())
  return (
    <>
      <MomentFields label={t('day')} timeLabel={t('time')} value={at} required onChange={onAt} />
      <p className={styles.zone}>{t('zone')}</p>
      {isTyped && isTimeRefused(at, now) && (
        <p className={styles.wrong} role="alert">
          {at <= now ? t('past') : t('refused')}
        </p>
      )}
      {isTyped && !isTimeRefused(at, now) && isOutsideHours(at) && (
        <p className={styles.warning}>
          <TriangleAlert size={14} aria-hidden="true" />
          {t('outside')}
        </p>
      )}
    </>
  )
}
