'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { usePrinting } from '#components/ui/use-printing.ts'
import type { DataPointCell } from '#server/insights/rules/data-point.ts'
import { isGoingOn, lengthFor, type StormPart, stepsOf } from '#server/insights/rules/storm-steps.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { HeatTable } from '../chart/HeatTable.tsx'
import styles from './StormCards.module.css'
import { instants, useStorm } from './storm-context.ts'
import { useStepWords } from './use-step-words.ts'

const dimensions = ['kind', 'area'] as const
type Dimension = (typeof dimensions)[number]
const mostColumns = 14
const mostRows = 15

type Row = { key: string; label: string; total: number; part: StormPart; by: DataPointCell }

/** Each sub-type or commune by day. */
export function StormGrid() {
  const t = useTranslations('storm.grid')
  const map = useTranslations('storm.map')
  const nameIn = useNameIn()
  const printing = usePrinting()
  const { storm, words, hrefOf } = useStorm()
  const [dimension, setDimension] = useState<Dimension>('kind')
  const [isWhole, setWhole] = useState(false)
  const until = isGoingOn(storm) ? storm.asOf : null
  const length = lengthFor(storm, until, mostColumns, 24)
  const { unit, shortOf, longOf } = useStepWords(length)
  const all =
    dimension === 'kind'
      ? storm.kinds.map(
          ({ code, total, ...kind }): Row => ({
            key: code,
            label: nameIn(kind),
            total,
            part: { kind: code },
            by: { category: code },
          }),
        )
      : storm.areas.map(({ id, name, total }): Row => {
          const area = id ?? ('none' as const)
          return { key: String(id), label: id === null ? map('none') : name, total, part: { area }, by: { area } }
        })
  // Days with closes only have no column here.
  const columns = stepsOf(storm, until, length).filter(({ count }) => count > 0)
  const rows = all.map(({ key, label, total, part, by }) => {
    const counts = new Map(stepsOf(storm, until, length, part).map(({ from, count }) => [from.getTime(), count]))
    const cells = columns.map((step) => {
      const value = counts.get(step.from.getTime()) ?? 0
      return {
        value,
        text: words.number(value),
        href: hrefOf(value, 'received', { ...by, happened: instants(step) }),
        name: `${label}, ${longOf(step)}`,
      }
    })
    return { key, label, cells, total, totalHref: hrefOf(total, 'received', by) }
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
        rows: rows.map(({ key, label, cells, total, totalHref }) => ({
          key,
          heading: label,
          cells: [...cells.map(({ text, href }) => ({ text, href })), { text: words.number(total), href: totalHref }],
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
