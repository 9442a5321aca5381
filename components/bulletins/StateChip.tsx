'use client'

import { useTranslations } from 'next-intl'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import type { StatusName } from '#components/ui/status-colors.ts'
import type { BulletinState } from '#server/bulletins/rules/lifecycle.ts'

/** The state of a bulletin in the standard status colours. */
const statuses: Readonly<Record<BulletinState, StatusName>> = {
  draft: 'closed',
  in_review: 'awaiting_approval',
  changes_requested: 'awaiting_intake',
  approved: 'in_progress',
  scheduled: 'awaiting_acceptance',
  published: 'answered',
  superseded: 'merged',
  withdrawn: 'rejected',
  unpublished: 'rejected',
  discarded: 'closed',
}

type Props = { state: BulletinState; isCorrection?: boolean; variant?: 'soft' | 'plain' }

export function StateChip({ state, isCorrection = false, variant = 'plain' }: Props) {
  const t = useTranslations('bulletins')
  return (
    <StatusChip status={statuses[state]} variant={variant}>
      {t(`states.${state}`)}
      {isCorrection && ` · ${t('correction')}`}
    </StatusChip>
  )
}
