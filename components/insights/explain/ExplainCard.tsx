'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type Ref, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Board, Contribution, ExplainDimension, Verdict } from '#server/insights/rules/board.ts'
import { decimalFrom, type HeadlineKpi, headlineKpis } from '#server/insights/rules/definitions.ts'
import { countNamed, dimensionsOf } from '#server/insights/rules/explain.ts'
import { explainedMarks, type Mark } from '#server/insights/rules/marks.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import type { FigureTableModel } from '../chart/FigureTable.tsx'
import { Contributions } from './Contributions.tsx'
import styles from './ExplainCard.module.css'

type Props = {
  board: Board
  kpi: HeadlineKpi
  onKpi: (kpi: HeadlineKpi) => void
  place: Ref<HTMLDivElement>
}

const usuallyNamed = 7

/** Why a headline figure moved: which agencies, categories or communes contributed, and how much. */
export function ExplainCard({ board, kpi, onKpi, place }: Props) {
  const t = useTranslations('board.explain')
  const kpis = useTranslations('insights.kpis')
  const said = useTranslations('board.change')
  const nameIn = useNameIn()
  const trpc = useTRPC()
  const outcomeNames = useTranslations('reports.outcomes')
  const { header, words, shownOf } = useBoardFrame()
  const [chosen, setDimension] = useState<ExplainDimension>('agency')
  const dimensions = dimensionsOf(kpi)
  const dimension = dimensions.includes(chosen) ? chosen : 'agency'
  const figure = board.kpis[kpi]
  const { data, isPending, isError } = useQuery({
    ...trpc.insights.explain.queryOptions({ filters: header.filters, kpi, dimension, asOf: header.asOf }),
    enabled: header.compared !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const shownNow = (mark: Mark | null, { now }: Contribution) =>
    mark ? shownOf(mark) : { text: words.figureOf(now, figure.unit) }
  // Known before the parts are, so that the title does not change while it is read.
  const { change } = figure
  const textOf = (amount: number) => words.signedOf(amount, figure.unit, decimalFrom)
  const marks = data && explainedMarks(data)
  const nameOf = ({ key, name, nameEn }: Contribution) => {
    if (dimension !== 'outcome') return key === null ? t(`none.${dimension}`) : nameIn({ name, nameEn })
    return outcomeNames(outcomes.find((outcome) => outcome === key) ?? 'not_stated')
  }
  const bars = data ? gather(data.contributions, nameOf, (way, count) => t(way, { count })) : []
  const title =
    change === null || change === 0
      ? t('title', { kpi: kpis(`${kpi}.name`) })
      : t(change > 0 ? 'titleUp' : 'titleDown', {
          kpi: kpis(`${kpi}.name`),
          // Rounded as on its card.
          by: words.distanceOf(change, figure.unit, Math.min(figure.n, figure.previous?.n ?? figure.n)),
        })
  const table: FigureTableModel | null = data
    ? {
        heading: t(`dimensions.${dimension}`),
        columns: [
          { key: 'total', label: t('total') },
          { key: 'rate', label: t('rate') },
          { key: 'mix', label: t('mix') },
          { key: 'now', label: t('now') },
          { key: 'before', label: t('before') },
          { key: 'verdict', label: t('verdict') },
        ],
        rows: data.contributions.map((each, place) => ({
          key: each.key ?? 'none',
          heading: nameOf(each),
          cells: [
            { text: textOf(each.total) },
            { text: textOf(each.rate) },
            { text: textOf(each.mix) },
            shownNow(marks?.[place] ?? null, each),
            { text: words.figureOf(each.previous, figure.unit) },
            { text: each.verdict ? said(each.verdict) : '–' },
          ],
        })),
      }
    : null
  const empty =
    header.compared === null
      ? t('noComparison')
      : isError
        ? t('failed')
        : data && (data.change === null || bars.length === 0)
          ? t('nothing')
          : data?.change === 0
            ? t('same')
            : null
  return (
    <div ref={place} className={styles.place} tabIndex={-1}>
      <ChartCard
        id="explain"
        span={5}
        title={title}
        unit={t('unit')}
        table={table}
        empty={empty}
        explaining={{ kpi, dimension }}
        controls={
          <>
            <SelectInput
              className={styles.choice}
              aria-label={t('kpi')}
              value={kpi}
              onChange={(event) => onKpi(headlineKpis.find((each) => each === event.target.value) ?? kpi)}
            >
              {headlineKpis.map((each) => (
                <option key={each} value={each}>
                  {kpis(`${each}.name`)}
                </option>
              ))}
            </SelectInput>
            <SelectInput
              className={styles.choice}
              aria-label={t('dimension')}
              value={dimension}
              onChange={(event) => setDimension(dimensions.find((each) => each === event.target.value) ?? dimension)}
            >
              {dimensions.map((each) => (
                <option key={each} value={each}>
                  {t(`parts.${each}`)}
                </option>
              ))}
            </SelectInput>
          </>
        }
      >
        {isPending ? (
          <div className={styles.waiting} aria-busy="true">
            {Array.from({ length: usuallyNamed + 2 }, (_, i) => i).map((line) => (
              <Skeleton key={line} height={18} />
            ))}
          </div>
        ) : (
          <Contributions label={title} bars={bars.map((bar) => ({ ...bar, text: textOf(bar.amount) }))} />
        )}
      </ChartCard>
    </div>
  )
}

type Gathered = { key: string; label: string; amount: number; verdict: Verdict | null }

/**
 * The parts that are named. Of the others those that raised it are one bar and those that lowered it another: all bars
 * sum to the change.
 */
function gather(
  contributions: readonly Contribution[],
  nameOf: (contribution: Contribution) => string,
  othersOf: (way: 'othersUp' | 'othersDown', count: number) => string,
): Gathered[] {
  const moving = contributions.filter(({ total }) => total !== 0)
  const named = countNamed(moving)
  const bars = moving.slice(0, named).map(
    (each): Gathered => ({
      key: each.key ?? 'none',
      label: nameOf(each),
      amount: each.total,
      verdict: each.verdict,
    }),
  )
  const rest = moving.slice(named)
  for (const way of ['othersUp', 'othersDown'] as const) {
    const parts = rest.filter(({ total }) => total > 0 === (way === 'othersUp'))
    const amount = parts.reduce((sum, { total }) => sum + total, 0)
    if (parts.length > 0) bars.push({ key: way, label: othersOf(way, parts.length), amount, verdict: null })
  }
  return bars
}
