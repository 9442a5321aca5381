'use client'

import { useTranslations } from 'next-intl'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { type Property, PropertyList } from '#components/ui/PropertyList.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { measureOf } from '#server/calendars/rules/standing.ts'
import type { ClockView } from '#server/reports/queries/clock-views.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './ClockDetails.module.css'

/** Both clocks: start, target, pauses, extensions, the calendar, and the due instant. */
export function ClockDetails({ report }: { report: Pick<ReportView, 'clocks'> }) {
  const t = useTranslations('report.clocks')
  const clocks = [...report.clocks].reverse()
  if (clocks.length === 0) return <p className={styles.nothing}>{t('nothing')}</p>
  return (
    <div className={styles.clocks}>
      {clocks.map((clock) => (
        <section key={`${clock.kind}-${clock.round}`}>
          <h3 className={styles.kind}>
            {clock.kind === 'resolution' && clock.round > 1 ? t('round', { round: clock.round - 1 }) : t(clock.kind)}
          </h3>
          <ClockFacts clock={clock} />
        </section>
      ))}
    </div>
  )
}

function ClockFacts({ clock }: { clock: ClockView }) {
  const t = useTranslations('report.clocks')
  const format = useFormat()
  const { lengthOf } = useDeadlineWords()
  const length = (minutes: number) => lengthOf(minutes, clock.minutesPerDay, true)
  const at = (date: Date) => format.dateTime(date)
  const isLate = clock.remainingMinutes < 0
  const isPaused = clock.stoppedAt === null && clock.pauses.at(-1)?.to === null

  const rows: (Property | false | null)[] = [
    { key: 'started', label: t('started'), value: at(clock.startedAt) },
    {
      key: 'target',
      label: t('target'),
      value: t(clock.time === 'always' ? 'targetAlways' : 'targetWorking', { length: length(clock.targetMinutes) }),
    },
    clock.extendedMinutes > 0 &&
      clock.firstDueAt !== null && { key: 'first', label: t('firstDue'), value: at(clock.firstDueAt) },
    { key: 'due', label: t('due'), value: <b>{clock.dueAt ? at(clock.dueAt) : t('paused')}</b> },
    clock.stoppedAt
      ? {
          key: 'stopped',
          label: t('stopped'),
          value: (
            <>
              {at(clock.stoppedAt)}
              <span className={isLate ? styles.late : styles.note}>
                {t(isLate ? 'late' : 'left', { length: length(clock.remainingMinutes) })}
              </span>
            </>
          ),
        }
      : {
          key: 'remaining',
          label: t(isLate ? 'over' : 'remaining'),
          value: (
            <span className={isLate ? styles.late : undefined}>
              {clock.overdue
                ? t(measureOf(clock.overdue) === 'nights' ? 'targetAlways' : 'targetWorking', {
                    length: lengthOf(clock.overdue.minutes, clock.overdue.minutesPerDay, true),
                  })
                : length(clock.remainingMinutes)}
              {isPaused && ` · ${t('paused')}`}
            </span>
          ),
        },
    clock.pauses.length > 0 && {
      key: 'pauses',
      label: t('pauses'),
      value: clock.pauses.map(({ from, to, reason }) => {
        const why = reason === 'awaiting_citizen' ? t('awaitingCitizen') : reason
        return (
          <span key={from.toISOString()} className={styles.line}>
            {to
              ? t('pauseSpan', { from: at(from), to: at(to), reason: why })
              : t('pauseOpen', { from: at(from), reason: why })}
          </span>
        )
      }),
    },
    clock.extensions.length > 0 && {
      key: 'extensions',
      label: t('extensions'),
      value: clock.extensions.map(({ minutes, reason, grantedAt }) => (
        <span key={grantedAt.toISOString()} className={styles.line}>
          {t('extension', { length: length(minutes), when: at(grantedAt), reason })}
        </span>
      )),
    },
    { key: 'calendar', label: t('calendar'), value: clock.calendarName },
    clock.nextGap !== null && {
      key: 'gap',
      label: t('nextGap'),
      value: `${at(clock.nextGap.from)} – ${at(clock.nextGap.to)}`,
    },
  ]
  return <PropertyList items={rows.filter((row): row is Property => Boolean(row))} />
}
