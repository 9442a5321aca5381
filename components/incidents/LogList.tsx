'use client'

import { Bell, ChartLine, FileText, Link2, MessageSquareText } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { LogEntry } from '#server/after-action/queries/incident-log.ts'
import styles from './IncidentLog.module.css'
import { countsOf } from './log-counts.ts'

const icons = { event: Bell, note: MessageSquareText, linked: Link2, bulletin: FileText, annotation: ChartLine }
const wordKeys = ['remarks', 'reason'] as const

/** The entries of a log, each with time and actor. */
export function LogList({ entries }: { entries: readonly LogEntry[] }) {
  const t = useTranslations('incidents.log')
  const format = useFormat()
  return (
    <ol className={styles.entries}>
      {entries.map((entry) => {
        const Icon = icons[entry.kind]
        return (
          <li key={entry.id} className={styles.entry} data-kind={entry.kind}>
            <time className={styles.at} dateTime={entry.at.toISOString()}>
              {entry.kind === 'linked' ? format.date(entry.at) : format.dateTime(entry.at)}
            </time>
            <Icon size={15} aria-hidden="true" className={styles.icon} />
            <div className={styles.body}>
              <EntryWords entry={entry} />
            </div>
            <span className={styles.who}>{entry.who ?? (entry.kind === 'event' ? t('system') : '')}</span>
          </li>
        )
      })}
    </ol>
  )
}

function EntryWords({ entry }: { entry: LogEntry }) {
  const t = useTranslations('incidents.log')
  const format = useFormat()
  if (entry.kind === 'annotation') {
    return (
      <p>
        {t('annotation')}: <span lang="vi">{entry.words}</span>
        {entry.until && ` (${t('until', { at: format.dateTime(entry.until) })})`}
      </p>
    )
  }
  if (entry.kind === 'note') {
    return (
      <p className={styles.note} lang="vi">
        {entry.words}
      </p>
    )
  }
  if (entry.kind === 'linked') return <p>{t('linked', { count: entry.reports })}</p>
  if (entry.kind === 'bulletin') {
    return (
      <p>
        {t('bulletin', { number: entry.number === null ? 'none' : String(entry.number) })}:{' '}
        <Link href={`/bulletins/${entry.bulletinId}`} lang="vi">
          {entry.title}
        </Link>
      </p>
    )
  }
  const name = `events.${entry.event.replace(/^incident\./, '')}` as 'events.closed'
  const words = wordKeys.map((key) => entry.details[key]).find((word) => typeof word === 'string' && word !== '')
  return (
    <>
      <p>{t.has(name) ? t(name, countsOf(entry.details) as never) : entry.event}</p>
      {words !== undefined && (
        <p className={styles.said} lang="vi">
          {String(words)}
        </p>
      )}
    </>
  )
}
