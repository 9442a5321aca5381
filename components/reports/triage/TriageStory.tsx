'use client'

import { ArrowRight, UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { PresentPeople } from '#components/presence/PresentPeople.tsx'
import { DeadlineChip } from '#components/reports/DeadlineChip.tsx'
import { PhotoStrip } from '#components/reports/photos/PhotoStrip.tsx'
import { useRowWords } from '#components/reports/queue/use-row-words.ts'
import { Reporter } from '#components/reports/report/Reporter.tsx'
import { UnderWay } from '#components/reports/report/UnderWay.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import type { QueueChange } from '#server/reports/queries/queue-changes.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './TriageStory.module.css'

type Props = { report: ReportView; taken: QueueChange | null; onNext: () => void }

/** The citizen's text and photos, to be read at one glance. */
export function TriageStory({ report, taken, onNext }: Props) {
  const t = useTranslations('triage')
  const page = useTranslations('report')
  const words = useTranslations('reports')
  const returned = report.timeline.findLast(({ event }) => event === 'returned')
  return (
    <article className={styles.story} aria-label={report.code}>
      {(taken || report.state !== 'awaiting_intake') && <Taken report={report} taken={taken} onNext={onNext} />}
      <p className={styles.facts}>
        <CopyButton text={report.code} what={page('codeName')} shown />
        <DeadlineChip deadline={report.deadline} />
        {report.severity !== 'normal' && (
          <StatusChip status={report.severity} variant="plain">
            {words(`severities.${report.severity}`)}
          </StatusChip>
        )}
        <span className={styles.quiet}>
          {words(`channels.${report.channel}`)} · <TimeText at={report.receivedAt} />
        </span>
        <UnderWay reportId={report.id} />
        <PresentPeople reportId={report.id} />
      </p>
      <h2 className={styles.title} lang="vi">
        {report.title}
      </h2>
      {returned && (
        <p className={styles.returned}>
          {t('returned', { agency: returned.values.agency ?? '', reason: returned.words?.text ?? '' })}
        </p>
      )}
      <p className={styles.body} lang="vi">
        {report.body}
      </p>
      {report.photos.length > 0 ? (
        <div className={styles.photos}>
          <PhotoStrip photos={report.photos} mayTakeOriginals={report.acts.includes('reveal_reporter')} />
        </div>
      ) : (
        <p className={styles.quiet}>{page('photos.none')}</p>
      )}
      <section className={styles.reporter}>
        <SectionLabel as="h3">{page('sections.reporter')}</SectionLabel>
        <Reporter />
      </section>
    </article>
  )
}

/** A colleague decided first: shown over the report, which stays until the user moves on. */
function Taken({ report, taken, onNext }: Props) {
  const t = useTranslations('triage')
  const words = useTranslations('reports.states')
  const { whyLeft } = useRowWords()
  const was = { state: 'awaiting_intake', agencyName: null } as const
  return (
    <div className={styles.taken} role="status">
      <UsersRound size={16} aria-hidden="true" />
      <span>{taken ? whyLeft(was, taken) : t('takenAs', { state: words(report.state) })}</span>
      <Button size="small" icon={<ArrowRight />} command="triage.next" onClick={onNext}>
        {t('next')}
      </Button>
    </div>
  )
}
