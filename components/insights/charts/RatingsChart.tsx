'use client'

import { useTranslations } from 'next-intl'
import type { Board } from '#server/insights/rules/board.ts'
import { ratingMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { type BarRow, BarRows } from '../chart/BarRows.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import { ratingInks } from '../inks.ts'

/** What citizens say of the answers, and how many of them say anything. */
export function RatingsChart({ board }: { board: Board }) {
  const t = useTranslations('board.ratings')
  const kpi = useTranslations('board.kpi')
  const names = useTranslations('reports.ratings')
  const { words, shownOf } = useBoardFrame()
  const { satisfaction, rating_response: response } = board.kpis
  const marks = ratingMarks(board.charts.ratings)
  const all = marks.reduce((sum, { mark }) => sum + mark.count, 0)
  const most = Math.max(1, ...marks.map(({ mark }) => mark.count))
  const rows = marks.map(
    ({ rating, mark }): BarRow => ({
      key: rating,
      label: names(rating),
      share: mark.count / most,
      note: words.number(mark.count),
      ink: ratingInks[rating],
      striped: rating === 'acceptable',
      ...shownOf(mark),
    }),
  )
  return (
    <ChartCard
      id="ratings"
      span={5}
      title={t('title')}
      finding={t('finding', { share: words.figureOf(satisfaction, 'share') })}
      unit={t('unit', { count: words.number(all) })}
      // So few would tell who rated.
      empty={(satisfaction.isHidden || all === 0) && t('empty')}
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
      foot={kpi('response', { share: words.figureOf(response, 'share') })}
    >
      <BarRows label={t('title')} rows={rows} />
    </ChartCard>
  )
}
