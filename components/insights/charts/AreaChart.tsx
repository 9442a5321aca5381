'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Board, Charts } from '#server/insights/rules/board.ts'
import { decimalFrom, fractionBelow } from '#server/insights/rules/definitions.ts'
import { holdingHalf } from '#server/insights/rules/findings.ts'
import { areaCell, type Mark, shareMarks } from '#server/insights/rules/marks.ts'
import { roundedPercent } from '#server/insights/rules/rounding.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { countClasses, type MapClass, shareClasses, wholeNumbers } from '../chart/heat.ts'
import styles from './AreaChart.module.css'
import { handledShare, onTimeShare } from './share-rows.ts'

const AreaMap = dynamic(() => import('../chart/AreaMap.tsx').then((map) => map.AreaMap), {
  ssr: false,
  loading: () => <Skeleton height={440} />,
})

const views = ['on_time', 'handled', 'received', 'open'] as const
type View = (typeof views)[number]

/** The communes by one of four figures, rates first, and all four in the table. */
export function AreaChart({ board }: { board: Board }) {
  const { areas } = board.charts
  const t = useTranslations('board.areas')
  const format = useFormat()
  const { words, shownOf } = useBoardFrame()
  const [view, setView] = useState<View>('on_time')
  const isShare = view === 'handled' || view === 'on_time'
  const cellOf = (row: Charts['areas'][number], each: View) => {
    const marks = shareMarks(row, areaCell(row))
    const figures: Record<View, { value: number | null; n?: number; mark: Mark }> = {
      received: { value: row.received, mark: marks.received },
      handled: { value: handledShare(row), n: row.received, mark: marks.handled },
      on_time: { value: onTimeShare(row), n: row.due, mark: marks.onTime },
      open: { value: row.open, mark: marks.open },
    }
    const { value, n, mark } = figures[each]
    return { value, isFew: n !== undefined && n > 0 && n < fractionBelow, ...shownOf(mark) }
  }
  const nameOf = (row: Charts['areas'][number]) => (row.id === null ? t('none') : row.name)
  // The target of the share handled is for what has matured, which is not known by commune.
  const target = view === 'on_time' ? (board.kpis.on_time.judged?.target ?? null) : null
  const known = areas.filter(({ id }) => id !== null)
  const figures = known.flatMap((row) => {
    const { value, ...cell } = cellOf(row, view)
    // Nothing received has no colour, not the palest.
    return row.id === null
      ? []
      : [{ areaId: row.id, name: row.name, ...cell, value: !isShare && value === 0 ? null : value }]
  })
  const values = figures.flatMap(({ value }) => (value === null ? [] : [value]))
  const percent = (share: number) => words.number(roundedPercent(share * 100, decimalFrom))
  const classOf = (each: MapClass): string => {
    const { from, below } = each
    if (!isShare) return wholeNumbers(each, words.number)
    if (from === null) return t('classes.below', { bound: percent(below ?? 1) })
    const name =
      below === null
        ? t('classes.from', { bound: percent(from) })
        : t('classes.percents', { from: percent(from), below: percent(below) })
    return from === target ? t('classes.target', { name }) : name
  }
  const judged = figures.filter(({ value, isFew }) => value !== null && !isFew)
  const whole = areas.reduce((sum, row) => sum + (cellOf(row, view).value ?? 0), 0)
  const half = holdingHalf(values, whole)
  const finding = isShare
    ? target !== null &&
      judged.length > 0 &&
      t('findingShare', {
        count: judged.filter(({ value }) => (value ?? 0) < target).length,
        of: judged.length,
        target: words.targetOf(target),
      })
    : values.length > 1 && half > 0 && t('finding', { count: half })
  // What has no commune is no commune: below all of them.
  const sorted = [...areas].sort(
    (a, b) =>
      Number(a.id === null) - Number(b.id === null) || b.received - a.received || format.compare(a.name, b.name),
  )
  return (
    <ChartCard
      id="areas"
      span={7}
      title={t(`titles.${view}`)}
      finding={finding}
      unit={t('unit', { count: known.length })}
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
          onChange={(event) => setView(views.find((each) => each === event.target.value) ?? 'on_time')}
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
        classes={isShare ? shareClasses(target) : countClasses(values)}
        nameOf={classOf}
        figures={figures}
      />
    </ChartCard>
  )
}
