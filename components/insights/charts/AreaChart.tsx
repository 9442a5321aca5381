'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Charts } from '#server/insights/rules/board.ts'
import { areaCell, type Mark, shareMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import styles from './AreaChart.module.css'
import { handledShare, onTimeShare } from './share-rows.ts'

const AreaMap = dynamic(() => import('../chart/AreaMap.tsx').then((map) => map.AreaMap), {
  ssr: false,
  loading: () => <Skeleton height={440} />,
})

const views = ['received', 'handled', 'on_time', 'open'] as const
type View = (typeof views)[number]

/** The communes by one of four figures, and all four in the table. */
export function AreaChart({ areas }: { areas: Charts['areas'] }) {
  const t = useTranslations('board.areas')
  const format = useFormat()
  const { words, shownOf } = useBoardFrame()
  const [view, setView] = useState<View>('received')
  const isShare = view === 'handled' || view === 'on_time'
  const cellOf = (row: Charts['areas'][number], each: View) => {
    const marks = shareMarks(row, areaCell(row))
    const figures: Record<View, { value: number | null; mark: Mark }> = {
      received: { value: row.received, mark: marks.received },
      handled: { value: handledShare(row), mark: marks.handled },
      on_time: { value: onTimeShare(row), mark: marks.onTime },
      open: { value: row.open, mark: marks.open },
    }
    const { value, mark } = figures[each]
    return { value, ...shownOf(mark) }
  }
  const nameOf = (row: Charts['areas'][number]) => (row.id === null ? t('none') : row.name)
  const sorted = [...areas].sort((a, b) => b.received - a.received || format.compare(a.name, b.name))
  return (
    <ChartCard
      id="areas"
      span={7}
      title={t(`titles.${view}`)}
      unit={t('unit', { count: areas.filter(({ id }) => id !== null).length })}
      empty={areas.length === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: views.map((each) => ({ key: each, label: t(`views.${each}`) })),
        rows: sorted.map((row) => ({
          key: String(row.id),
          heading: nameOf(row),
          cells: views.map((each) => cellOf(row, each)),
        })),
      }}
      controls={
        <SelectInput
          className={styles.view}
          aria-label={t('view')}
          value={view}
          onChange={(event) => setView(views.find((each) => each === event.target.value) ?? 'received')}
        >
          {views.map((each) => (
            <option key={each} value={each}>
              {t(`views.${each}`)}
            </option>
          ))}
        </SelectInput>
      }
    >
      <AreaMap
        label={t(`titles.${view}`)}
        boundOf={(bound) => (isShare ? words.shareOf(bound, 100) : words.number(bound))}
        figures={areas.flatMap((row) => {
          if (row.id === null) return []
          const cell = cellOf(row, view)
          // Nothing received has no colour, not the palest.
          const value = !isShare && cell.value === 0 ? null : cell.value
          return [{ areaId: row.id, name: row.name, ...cell, value }]
        })}
      />
    </ChartCard>
  )
}
