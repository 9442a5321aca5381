'use client'

import { useTranslations } from 'next-intl'
import type { Board } from '#server/insights/rules/board.ts'
import { ratingMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { BarRows } from '../chart/BarRows.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import { ratingInks } from '../inks.ts'
import { usePartRows } from './use-part-rows.ts'

/** What citizens say of the answers, and how many of them say anything. */
export function RatingsChart({ board }: { board: Board }) {
  const t = useTranslations('board.ratings')
  const kpi = useTranslations('board.kpi')
  const names = useTranslations('reports.ratings')
  const { words } = useBoardFrame()
  const { satisfaction, rating_response: response } = board.kpis
  const parts = ratingMarks(board.charts.ratings).map(({ rating, mark }) => ({
    key: rating,
    label: names(rating),
    ink: ratingInks[rating],
    striped: rating === 'acceptable',
    mark,
  }))
  const { rows, table, all } = usePartRows(parts, { heading: t('heading'), count: t('count'), share: t('share') })
  return (
    <ChartCard
      id="ratings"
      span={5}
      title={t('title')}
      finding={t('finding', { share: words.figureOf(satisfaction, 'share') })}
      unit={t('unit', { count: words.number(all) })}
      // So few would tell who rated.
      empty={(satisfaction.isHidden || all === 0) && t('empty')}
      table={table}
      foot={kpi('response', { share: words.figureOf(response, 'share') })}
    >
      <BarRows label={t('title')} rows={rows} />
    </ChartCard>
  )
}
