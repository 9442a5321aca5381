'use client'

import { UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEventWords } from '#components/reports/report/use-event-words.ts'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './ConflictNotice.module.css'

type Props = { report: ReportView; since: ReportView }

/** Who changed what since the report was opened here; what was typed stays as it is. */
export function ConflictNotice({ report, since }: Props) {
  const t = useTranslations('report.dialogs.conflict')
  const format = useFormat()
  const { sentenceOf, changeOf, whoOf } = useEventWords(report)
  const last = since.timeline.at(-1)?.id ?? 0
  const news = report.timeline.filter(({ id }) => id > last)
  return (
    <section className={styles.notice} role="alert">
      <h3 className={styles.title}>
        <UsersRound size={16} aria-hidden="true" />
        {t('title')}
      </h3>
      <p>{t('sentence')}</p>
      <ul className={styles.list}>
        {news.map((entry) => (
          <li key={entry.id}>
            <b>{whoOf(entry)}</b> · {format.time(entry.at)} · {sentenceOf(entry)}
            {entry.changes.map((change) => (
              <span key={change.field} className={styles.change}>
                {changeOf(change)}
              </span>
            ))}
            {entry.words && <q className={styles.words}>{entry.words.text}</q>}
          </li>
        ))}
      </ul>
    </section>
  )
}
