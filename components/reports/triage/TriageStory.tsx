'use client'

import { ArrowRight, UserRound, UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { PresentPeople } from '#components/presence/PresentPeople.tsx'
import { DeadlineChip } from '#components/reports/DeadlineChip.tsx'
import { PlaceNotice } from '#components/reports/place/PlaceNotice.tsx'
import { useRowWords } from '#components/reports/queue/use-row-words.ts'
import { ReadAs } from '#components/reports/report/ReadAs.tsx'
import { UnderWay } from '#components/reports/report/UnderWay.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { Hint } from '#components/ui/Hint.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import type { QueueChange } from '#server/reports/queries/queue-changes.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { agoInHours, standingInHours } from '#server/reports/rules/triage.ts'
import { Marked } from './Marked.tsx'
import { TriageMedia } from './TriageMedia.tsx'
import styles from './TriageStory.module.css'

type TakenProps = { report: ReportView; taken: QueueChange | null; onNext: () => void }
type Props = TakenProps & {
  /** The likely duplicates, which the map shows under their numbers. */
  alike: readonly LikelyDuplicate[]
  /** The place among them of the one it is compared with, whose words are marked; null while none is. */
  chosen: number | null
}

/** What is judged: photos, place and the citizen's words, to be read at one glance. */
export function TriageStory({ report, taken, alike, chosen, onNext }: Props) {
  const t = useTranslations('triage')
  const page = useTranslations('report')
  const words = useTranslations('reports')
  const returned = report.timeline.findLast(({ event }) => event === 'returned')
  return (
    <article className={styles.story} aria-label={report.code}>
      {(taken || report.state !== 'awaiting_intake') && <Taken report={report} taken={taken} onNext={onNext} />}
      <p className={styles.facts}>
        <CopyButton text={report.code} what={page('codeName')} shown />
        <DeadlineChip deadline={standingInHours(report.deadline)} />
        {report.severity !== 'normal' && (
          <StatusChip status={report.severity} variant="plain">
            {words(`severities.${report.severity}`)}
          </StatusChip>
        )}
        <span className={styles.quiet}>
          {words(`channels.${report.channel}`)} · <Received at={report.receivedAt} />
        </span>
        <UnderWay reportId={report.id} />
        <PresentPeople reportId={report.id} />
        {report.reporter && (
          <span className={styles.reporter}>
            <UserRound size={14} aria-hidden="true" />
            <span>
              {[report.reporter.initials ?? page('reporter.anonymous'), report.reporter.phone]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
        )}
      </p>
      <h2 className={styles.title} lang="vi">
        {report.title}
      </h2>
      {returned && (
        <p className={styles.returned}>
          {t('returned', { agency: returned.values.agency ?? '', reason: returned.words?.text ?? '' })}
        </p>
      )}
      <TriageMedia report={report} alike={alike} chosen={chosen} />
      <PlaceNotice report={report} command="triage.place" />
      <p className={styles.body} lang="vi">
        <Marked text={report.body} other={chosen === null ? null : (alike[chosen] ?? null)} />
      </p>
      <ReadAs report={report} />
    </article>
  )
}

/** When it was received, in hours: "yesterday" can be two hours ago or thirty. */
function Received({ at }: { at: Date }) {
  const t = useTranslations('triage.received')
  const format = useFormat()
  const ago = agoInHours(at, useNow())
  if (!ago) return <TimeText at={at} />
  return (
    <Hint text={format.dateTime(at)}>
      {/* The server's "now" may be half a minute older than the browser's. */}
      <time dateTime={at.toISOString()} suppressHydrationWarning>
        {t(ago.unit, { count: ago.count })}
      </time>
    </Hint>
  )
}

/** A colleague decided first: shown over the report, which stays until the user moves on. */
function Taken({ report, taken, onNext }: TakenProps) {
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
