'use client'

import { Bot, EyeIcon, FileInput, Plug, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { LogEntry } from '#server/events/queries.ts'
import { machineFields } from '#server/events/rules/detail-fields.ts'
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

const actorIcons = { staff: UserRound, citizen: UserRound, robot: Bot, import: FileInput, api_client: Plug } as const

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

function Details({ entry, words }: { entry: LogEntry; words: Words }) {
  const { fromState, toState, details } = entry
  const [family] = entry.event.split('.')
  const shown = [...movedTo(fromState, toState), ...detailsOf(details)].filter(
    ({ field }) => field === null || !(machineFields as readonly string[]).includes(field),
  )
  if (shown.length === 0) return null
  return (
    <ul className={styles.details}>
      {shown.map((detail) => (
        <li key={detail.field}>
          {detail.field !== null && <span className={styles.field}>{words.fieldOf(detail.field, family)}: </span>}
          <Told detail={detail} words={words} family={family} />
        </li>
      ))}
    </ul>
  )
}

type ToldProps = { detail: Detail; words: Words; family: string | undefined }

function Told({ detail, words: { wordsOf }, family }: ToldProps) {
  const t = useTranslations('events')
  const field = detail.field ?? 'state'
  const said = (value: unknown): ReactNode => {
    const place = addressIn(family, field, value)
    return place ? <Link href={place.href}>{t(place.label)}</Link> : wordsOf(field, value)
  }
  if (!detail.isChange) return said(detail.value)
  const [before, after] = [detail.before, detail.after]
  if (detail.field === null) return t('stateChange', { from: wordsOf(field, before), to: wordsOf(field, after) })
  return (
    <>
      {before !== null && <s className={styles.before}>{said(before)}</s>}
      {before !== null && ' → '}
      <span className={styles.after}>{said(after)}</span>
    </>
  )
}

/** A filter is stored as the address of the list that it filters: it is opened instead of read. */
function addressIn(family: string | undefined, field: string, value: unknown) {
  if (typeof value !== 'string') return null
  const parameters = value.replace(/^\?/, '')
  if (field === 'list' || (family === 'saved_view' && field === 'address')) {
    return { href: `/reports?${parameters}`, label: 'openList' } as const
  }
  return field === 'filters' ? ({ href: `/insights?${parameters}`, label: 'openBoard' } as const) : null
}
