'use client'

import { useTranslations } from 'next-intl'
import { CellLine } from '#components/ui/CellLine.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { MailingRun } from '#server/insights/queries/mailings.ts'

const tones = {
  waiting: 'soon',
  running: 'in_progress',
  sent: 'in_time',
  skipped: 'paused',
  unsure: 'soon',
  failed: 'failed',
} as const

/** The state of a run, and why it was not sent. */
export function RunState({ run }: { run: MailingRun }) {
  const t = useTranslations('mailings')
  const format = useFormat()
  const nameIn = useNameIn()
  const { state, error, dueAt, incident, isTest, notBefore } = run
  const words =
    state === 'waiting' && error ? t('states.retrying', { at: format.time(notBefore) }) : t(`states.${state}`)
  return (
    <>
      <StatusChip status={tones[state]} variant="plain">
        {words}
      </StatusChip>
      <CellLine tone="quiet">
        {[incident && nameIn(incident), format.dateTime(dueAt), isTest && t('runs.test'), error && t(`errors.${error}`)]
          .filter(Boolean)
          .join(' · ')}
      </CellLine>
    </>
  )
}
