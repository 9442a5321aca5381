'use client'

import { useTranslations } from 'next-intl'
import type { Board } from '#server/insights/rules/board.ts'
import { commitmentMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { type BarRow, BarRows } from '../chart/BarRows.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import { commitmentInks } from '../inks.ts'

/** What became of the commitments whose day passed in the period. */
export function CommitmentsChart({ board }: { board: Board }) {
  const t = useTranslations('board.commitments')
  const { words, shownOf } = useBoardFrame()
  const marks = commitmentMarks(board.commitments.now)
  const all = marks.reduce((sum, { mark }) => sum + mark.count, 0)
  const most = Math.max(1, ...marks.map(({ mark }) => mark.count))
  const rows = marks.map(
    ({ fate, mark }): BarRow => ({
      key: fate,
      label: t(fate),
      share: mark.count / most,
      note: words.number(mark.count),
      ink: commitmentInks[fate],
      ...shownOf(mark),
    }),
  )
  return (
    <ChartCard
      id="commitments"
      title={t('title')}
      finding={t('finding', { kept: board.commitments.now.kept, of: all })}
      unit={t('unit', { count: words.number(all) })}
      empty={all === 0 && t('none')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'count', label: t('count') },
          { key: 'share', label: t('share') },
        ],
        rows: rows.map(({ key, label, href, note, text }) => ({
          key,
          heading: label,
          cells: [{ text: note ?? '', href }, { text }],
        })),
      }}
    >
      <BarRows label={t('title')} rows={rows} />
    </ChartCard>
  )
}
