'use client'

import { useTranslations } from 'next-intl'
import type { ActionName } from '#components/reports/report/offered-actions.ts'
import { useActionEntries } from '#components/reports/report/use-action-entries.ts'
import { ActionMenuAt } from '#components/ui/ActionMenu.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'

type Props = {
  report: ReportView
  anchor: HTMLElement
  onAct: (name: ActionName) => void
  onClose: () => void
}

/** The actions of a row, in a menu below it: where no preview has such a menu. */
export function RowMoves({ report, anchor, onAct, onClose }: Props) {
  const t = useTranslations('report.actions')
  // Short enough to fit beside its row.
  const entries = useActionEntries(report, onAct, { withRefused: false })
  return <ActionMenuAt label={t('label')} header={report.code} entries={entries} anchor={anchor} onClose={onClose} />
}
