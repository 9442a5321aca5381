'use client'

import { useTranslations } from 'next-intl'
import type { Board } from '#server/insights/rules/board.ts'
import { commitmentMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { BarRows } from '../chart/BarRows.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import { commitmentInks } from '../inks.ts'
import { usePartRows } from './use-part-rows.ts'

/** What became of the commitments whose day passed in the period. */
export function CommitmentsChart({ board }: { board: Board }) {
  const t = useTranslations('board.commitments')
  const { words } = useBoardFrame()
  const parts = commitmentMarks(board.commitments.now).map(({ fate, mark }) => ({
    key: fate,
    label: t(fate),
    ink: commitmentInks[fate],
    mark,
  }))
  const { rows, table, all } = usePartRows(parts, { heading: t('heading'), count: t('count'), share: t('share') })
  return (
    <ChartCard
      id="commitments"
      title={t('title')}
      finding={t('finding', { kept: board.commitments.now.kept, of: all })}
      unit={t('unit', { count: words.number(all) })}
      empty={all === 0 && t('none')}
      table={table}
    >
      <BarRows label={t('title')} rows={rows} />
    </ChartCard>
  )
}
