'use client'

import { useTranslations } from 'next-intl'
import { CellLine } from '#components/ui/CellLine.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { MailingRun } from '#server/insights/queries/mailings.ts'
import { type Standing, standingOf } from '#server/insights/rules/mailing.ts'

const tones = {
  waiting: 'soon',
  retrying: 'soon',
  unsent: 'failed',
  running: 'in_progress',
  sent: 'in_time',
  skipped: 'paused',
  unsure: 'soon',
  failed: 'failed',
} as const satisfies Record<Standing, string>

/** The state of a run, and why it was not sent. */
export function RunState({ run, hasServer }: { run: MailingRun; hasServer: boolean }) {
  const t = useTranslations('mailings')
  const format = useFormat()
  const nameIn = useNameIn()
  const { error, dueAt, incident, isTest, notBefore } = run
  const standing = standingOf(run, hasServer)
  return (
    <>
      <StatusChip status={tones[standing]} variant="plain">
        {t(`states.${standing}`, { at: format.time(notBefore) })}
      </StatusChip>
      <CellLine tone="quiet">
        {[incident && nameIn(incident), format.dateTime(dueAt), isTest && t('runs.test'), error && t(`errors.${error}`)]
          .filter(Boolean)
          .join(' · ')}
      </CellLine>
    </>
  )
}
