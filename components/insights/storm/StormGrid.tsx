'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { usePrinting } from '#components/ui/use-printing.ts'
import { gridColumns, gridMarks, partMarks, partOfArea, partOfKind } from '#server/insights/rules/storm-marks.ts'
import { lengthIn, type StormPart } from '#server/insights/rules/storm-steps.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { HeatTable } from '../chart/HeatTable.tsx'
import styles from './StormCards.module.css'
import { useStorm } from './storm-context.ts'
import { useStepWords } from './use-step-words.ts'

const dimensions = ['kind', 'area'] as const
type Dimension = (typeof dimensions)[number]
const mostRows = 15

type Counts = Parameters<typeof partMarks>[1]
type Row = { key: string; label: string; counts: Counts; part: StormPart }

/** Each sub-type or commune by day. */
export function StormGrid() {
  const t = useTranslations('storm.grid')
  const map = useTranslations('storm.map')
  const nameIn = useNameIn()
  const printing = usePrinting()
  const { storm, hrefOf, shownOf } = useStorm()
  const [dimension, setDimension] = useState<Dimension>('kind')
  const [isWhole, setWhole] = useState(false)
  const { unit, shortOf, longOf } = useStepWords(lengthIn(storm, 'grid'))
  const all =
    dimension === 'kind'
      ? storm.kinds.map((kind): Row => ({ key: kind.code, label: nameIn(kind), counts: kind, part: partOfKind(kind) }))
      : storm.areas.map(
          (area): Row => ({
            key: String(area.id),
            label: area.id === null ? map('none') : area.name,
            counts: area,
            part: partOfArea(area),
          }),
        )
  const columns = gridColumns(storm)
  const rows = all.map(({ key, label, counts, part }) => {
    const cells = gridMarks(storm, columns, part).map((mark, place) => ({
      value: mark.count,
      ...shownOf(mark),
      name: [label, columns[place] && longOf(columns[place])].filter(Boolean).join(', '),
    }))
    const { total } = partMarks(part, counts)
    return { key, label, cells, total: total.count, totalHref: hrefOf(total), sum: shownOf(total) }
  })
  const shown = isWhole || printing ? rows : rows.slice(0, mostRows)
  return (
    <ChartCard
      id="storm-grid"
      span={8}
      title={t(`titles.${dimension}`)}
      unit={unit}
      table={{
        heading: t(`headings.${dimension}`),
        columns: [
          ...columns.map((step) => ({ key: step.from.toISOString(), label: shortOf(step) })),
          { key: 'total', label: t('total') },
        ],
        rows: rows.map(({ key, label, cells, sum }) => ({
          key,
          heading: label,
          cells: [...cells.map(({ text, href }) => ({ text, href })), sum],
        })),
      }}
      controls={
        <SelectInput
          className={styles.choice}
          aria-label={t('dimension')}
          value={dimension}
          onChange={(event) => setDimension(dimensions.find((each) => each === event.target.value) ?? 'kind')}
        >
          {dimensions.map((each) => (
            <option key={each} value={each}>
              {t(`headings.${each}`)}
            </option>
          ))}
        </SelectInput>
      }
    >
      <HeatTable
        isNamed
        label={t(`titles.${dimension}`)}
        columns={columns.map((step) => ({
          key: step.from.toISOString(),
          label: shortOf(step),
          name: longOf(step),
        }))}
        rows={shown}
      />
      {rows.length > mostRows && !printing && (
        <Button size="small" variant="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('fewer', { count: mostRows }) : t('all', { count: rows.length })}
        </Button>
      )}
    </ChartCard>
  )
}
