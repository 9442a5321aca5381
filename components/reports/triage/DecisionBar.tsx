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
  // Each asks something in the sheet that its button opens.
  const decisions = [
    ...(agency
      ? ([{ command: 'triage.assignElse', move: 'assign', label: t('assignElse'), onClick: on.onAssignElse }] as const)
      : []),
    {
      command: 'triage.merge',
      move: 'merge',
      label: duplicates > 0 ? t('mergeOf', { count: duplicates }) : t('merge'),
      onClick: on.onMerge,
    },
    { command: 'triage.reject', move: 'reject', label: t('reject'), onClick: on.onReject },
    { command: 'triage.ask', move: 'ask_citizen', label: t('ask'), onClick: on.onAsk },
  ] as const
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
      {decisions.map(({ command, move, label, onClick }) => (
        <Button
          key={command}
          size="large"
          command={command}
          aria-expanded={opened === move}
          reason={may(move)}
          onClick={onClick}
        >
          {label}
        </Button>
      ))}
      <Button size="large" command="triage.putOff" reason={first} onClick={on.onPutOff}>
        {t('putOff')}
      </Button>
    </section>
  )
}
