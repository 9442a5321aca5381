'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useEventWords } from '#components/reports/report/use-event-words.ts'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { ChangedField } from '#server/reports/rules/timeline.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import styles from './FieldChoice.module.css'
import type { DialogName } from './move-names.ts'

type Props = {
  report: ReportView
  since: ReportView
  move: DialogName
  onTheirs: () => void
  /** The fields as they were filled in here. */
  children: ReactNode
}

const fieldsOf: Partial<Record<DialogName, readonly ChangedField[]>> = {
  change_category: ['category'],
  change_severity: ['severity'],
  change_place: ['address', 'area', 'point'],
  change_tags: ['tags'],
  link_incident: ['incident'],
  assign_person: ['assignee'],
}

/** Two colleagues set the same field: shows the stored value beside the one chosen here; one of the two is kept. */
export function FieldChoice({ report, since, move, onTheirs, children }: Props) {
  const t = useTranslations('report.dialogs.conflict')
  const format = useFormat()
  const { afterOf, whoOf } = useEventWords(report)
  const last = since.timeline.at(-1)?.id ?? 0
  const isOfField = ({ field }: { field: ChangedField }) => fieldsOf[move]?.includes(field) ?? false
  const entry = report.timeline.findLast(({ id, changes }) => id > last && changes.some(isOfField))
  return (
    <>
      <ConflictNotice report={report} since={since} />
      {entry ? (
        <div className={styles.sides}>
          <section className={styles.theirs} aria-labelledby="field-theirs">
            <h3 id="field-theirs" className={styles.title}>
              {t('theirs', { name: whoOf(entry), time: format.time(entry.at) })}
            </h3>
            {entry.changes.filter(isOfField).map((change) => (
              <p key={change.field}>{afterOf(change)}</p>
            ))}
            <Button size="small" onClick={onTheirs}>
              {t('keepTheirs')}
            </Button>
          </section>
          <section className={styles.yours} aria-labelledby="field-yours">
            <h3 id="field-yours" className={styles.title}>
              {t('yours')}
            </h3>
            {children}
          </section>
        </div>
      ) : (
        children
      )}
    </>
  )
}
