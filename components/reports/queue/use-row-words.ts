'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { QueueChange } from '#server/reports/queries/queue-changes.ts'
import type { QueueRow } from '#server/reports/queries/queue-rows.ts'
import type { PatchedRow } from './row-patches.ts'

/** The texts of rows, in the language of the page. */
export function useRowWords() {
  const t = useTranslations('reports.queue')
  const reports = useTranslations('reports')
  return useMemo(
    () => ({
      /** For a column: "Chờ duyệt". */
      shortStateOf: ({ state }: Pick<QueueRow, 'state'>) => reports(`shortStates.${state}`),
      stateOf: ({ state }: Pick<QueueRow, 'state'>) => reports(`states.${state}`),
      /** Why a row no longer belongs in the list. */
      whyLeft: ({ was, ...now }: Pick<PatchedRow, 'state' | 'agencyName' | 'was'>, change: QueueChange): string => {
        const row = was ?? now
        const who = change.byMe ? t('left.me') : change.by
        const state = reports(`states.${change.state}`)
        if (change.state !== row.state)
          return who ? t('left.moved', { who, state }) : t('left.movedBySystem', { state })
        if (who && change.agencyName && change.agencyName !== row.agencyName) {
          return t('left.agency', { who, agency: change.agencyName })
        }
        return t('left.out', { who: who ?? t('row.system') })
      },
    }),
    [t, reports],
  )
}
