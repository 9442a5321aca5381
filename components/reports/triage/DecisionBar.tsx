'use client'

import { useTranslations } from 'next-intl'
import { mayDo } from '#components/reports/report/desk.ts'
import { Button } from '#components/ui/Button.tsx'
import { useBottomBarHeight } from '#components/ui/use-bottom-bar-height.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './DecisionBar.module.css'
import type { Proposal } from './use-proposal.ts'

type Props = {
  report: ReportView
  proposal: Proposal
  duplicates: number
  /** Whether a form is open beside the report: it is sent or closed first. */
  isWriting: boolean
  /** The decision that is being made beside the report. */
  opened: string | null
  onAssign: () => void
  onAssignElse: () => void
  onMerge: () => void
  onReject: () => void
  onAsk: () => void
  onPutOff: () => void
}

/** The decisions, each with its key. */
export function DecisionBar({ report, proposal, duplicates, isWriting, opened, ...on }: Props) {
  const t = useTranslations('triage.decisions')
  const foot = useBottomBarHeight()
  const { agency } = proposal
  const first = isWriting ? t('writing') : undefined
  const may = (move: string) => first ?? (mayDo(report, move) ? undefined : t('notNow'))
  return (
    <section ref={foot} className={styles.bar} aria-label={t('label')}>
      <Button
        variant="primary"
        size="large"
        className={styles.main ?? ''}
        command="triage.assign"
        reason={may('assign')}
        onClick={on.onAssign}
      >
        <span className={styles.words}>
          {agency ? t('assignTo', { agency: agency.note ?? agency.label }) : t('assignAsking')}
        </span>
      </Button>
      {agency && (
        <Button
          size="large"
          command="triage.assignElse"
          aria-expanded={opened === 'assign'}
          reason={may('assign')}
          onClick={on.onAssignElse}
        >
          {t('assignElse')}
        </Button>
      )}
      <Button
        size="large"
        command="triage.merge"
        aria-expanded={opened === 'merge'}
        reason={may('merge')}
        onClick={on.onMerge}
      >
        {duplicates > 0 ? t('mergeOf', { count: duplicates }) : t('merge')}
      </Button>
      <Button
        size="large"
        command="triage.reject"
        aria-expanded={opened === 'reject'}
        reason={may('reject')}
        onClick={on.onReject}
      >
        {t('reject')}
      </Button>
      <Button
        size="large"
        command="triage.ask"
        aria-expanded={opened === 'ask_citizen'}
        reason={may('ask_citizen')}
        onClick={on.onAsk}
      >
        {t('ask')}
      </Button>
      <Button size="large" command="triage.putOff" reason={first} onClick={on.onPutOff}>
        {t('putOff')}
      </Button>
    </section>
  )
}
