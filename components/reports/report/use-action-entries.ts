'use client'

import { useTranslations } from 'next-intl'
import { useRefusalReasonWords } from '#components/reports/moves/use-refusal-reason-words.ts'
import type { MenuEntry } from '#components/ui/ActionMenu.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { type ActionName, type OfferedAction, planActions } from './offered-actions.ts'
import { actionCommands, useActionWords } from './use-action-words.ts'

type Options = { withRefused?: boolean }

/**
 * The menu of a report: everything that can be done now, what changes it, and what cannot be done now with the reason.
 */
export function useActionEntries(
  report: ReportView,
  act: (name: ActionName) => void,
  { withRefused = true }: Options = {},
): MenuEntry[] {
  const t = useTranslations('report.actions')
  const words = useActionWords()
  const refusalReasonWords = useRefusalReasonWords(report)
  const plan = planActions(report)
  const entryOf = ({ name, refusalReason }: OfferedAction): MenuEntry => ({
    id: name,
    label: words(name),
    ...(actionCommands[name] && { command: actionCommands[name] }),
    reason: refusalReason === null ? undefined : refusalReasonWords(refusalReason),
    onSelect: () => act(name),
  })
  const groups: [string, OfferedAction[]][] = [
    // Actions with a button too: the keys reach a menu sooner than a button.
    [t('now'), [...plan.front, ...plan.now]],
    [t('record'), plan.record],
    [t('notNow'), withRefused ? plan.notNow : []],
  ]
  return groups.flatMap(([heading, actions]) =>
    actions.length > 0 ? [{ id: heading, heading }, ...actions.map(entryOf)] : [],
  )
}
