'use client'

import { Bot, EyeIcon, FileInput, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { LogEntry } from '#server/events/queries.ts'
import { type Detail, detailsOf, movedTo } from '#server/events/rules/details.ts'
import styles from './EventRow.module.css'
import type { DetailNames, useDetailWords } from './use-detail-words.ts'
import { useEventName } from './use-event-name.ts'

type Words = ReturnType<typeof useDetailWords>
type Props = { entry: LogEntry; names: DetailNames; words: Words }

/** One line of the log: time, actor, event, subject, and what changed. */
export function EventRow({ entry, names, words }: Props) {
  const t = useTranslations('events')
  const format = useFormat()
  const nameOf = useEventName()
  return (
    <tr className={entry.personal ? styles.personal : undefined}>
      <Cell label={t('columns.at')}>
        <time dateTime={entry.at.toISOString()} className={styles.at}>
          {format.dateTime(entry.at)}
        </time>
      </Cell>
      <Cell label={t('columns.who')}>
        <Who entry={entry} />
      </Cell>
      <Cell heading>
        {nameOf(entry.event)}
        {entry.personal && (
          <span className={styles.mark}>
            <EyeIcon size={12} aria-hidden="true" />
            {t('personal')}
          </span>
        )}
      </Cell>
      <Cell label={t('columns.subject')}>
        <Subject entry={entry} names={names} />
      </Cell>
      <Cell label={t('columns.details')}>
        <Details entry={entry} words={words} />
      </Cell>
    </tr>
  )
}

const actorIcons = { staff: UserRound, citizen: UserRound, robot: Bot, import: FileInput } as const

function Who({ entry: { actor, actorKind, onBehalfOf, ip } }: { entry: LogEntry }) {
  const t = useTranslations('events')
  const Icon = actorIcons[actorKind]
  return (
    <span className={styles.who}>
      <Icon size={14} aria-hidden="true" className={styles.icon} />
      <span>
        {actor?.name ?? t(`actors.${actorKind}`)}
        {onBehalfOf && <span className={styles.quiet}>{t('onBehalfOf', { name: onBehalfOf })}</span>}
        {(actor || ip) && <span className={styles.quiet}>{[actor?.username, ip].filter(Boolean).join(' · ')}</span>}
      </span>
    </span>
  )
}

function Subject({ entry, names }: { entry: LogEntry; names: DetailNames }) {
  const t = useTranslations('events')
  const { subject, subjectKind, agency } = entry
  // An export has an id, but no page to open.
  if (subject === null || subjectKind === 'export') return t(`subjects.${subjectKind}`)
  if (subjectKind === 'report') {
    return (
      <>
        <Link href={`/reports/${subject}`} className={styles.code}>
          {subject}
        </Link>
        {agency && <span className={styles.quiet}>{agency.name}</span>}
      </>
    )
  }
  return (
    <>
      {special(subjectKind, subject, t) ?? names[subject] ?? subject}
      <span className={styles.quiet}>{t(`subjects.${subjectKind}`)}</span>
    </>
  )
}

/** Subjects that are not a row of a table. */
function special(kind: LogEntry['subjectKind'], subject: string, t: ReturnType<typeof useTranslations<'events'>>) {
  if (kind === 'calendar' && subject === 'all') return t('everyCalendar')
  if (kind === 'setting' && subject === 'city') return t('settingsOfCity')
  if (kind === 'setting' && subject === 'event_log') return t('wholeLog')
  if (kind === 'setting' && subject === 'jobs') return t('backgroundJobs')
  return null
}

/** Fields that only matter to machines. */
const machineFields = [
  'dayId',
  'hoursId',
  'sessionId',
  'noteId',
  'messageId',
  'answerId',
  'fileId',
  'photoIds',
  'requestId',
  'revisionId',
  'toReportId',
  'byId',
  'kept',
  'undoes',
  'slug',
  'delayMillis',
]

function Details({ entry, words }: { entry: LogEntry; words: Words }) {
  const { fromState, toState, details } = entry
  const shown = [...movedTo(fromState, toState), ...detailsOf(details)].filter(
    ({ field }) => field === null || !machineFields.includes(field),
  )
  if (shown.length === 0) return null
  return (
    <ul className={styles.details}>
      {shown.map((detail) => (
        <li key={detail.field}>
          {detail.field !== null && <span className={styles.field}>{words.fieldOf(detail.field)}: </span>}
          <Told detail={detail} words={words} />
        </li>
      ))}
    </ul>
  )
}

function Told({ detail, words: { wordsOf } }: { detail: Detail; words: Words }) {
  const t = useTranslations('events')
  const field = detail.field ?? 'state'
  if (!detail.isChange) return wordsOf(field, detail.value)
  const [before, after] = [wordsOf(field, detail.before), wordsOf(field, detail.after)]
  if (detail.field === null) return t('stateChange', { from: before, to: after })
  return (
    <>
      {detail.before !== null && <s className={styles.before}>{before}</s>}
      {detail.before !== null && ' → '}
      <span className={styles.after}>{after}</span>
    </>
  )
}
