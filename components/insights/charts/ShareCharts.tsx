'use client'

import { useTranslations } from 'next-intl'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Board } from '#server/insights/rules/board.ts'
import type { BoardFilters } from '#server/insights/rules/filters.ts'
import { holdingHalf } from '#server/insights/rules/findings.ts'
import { agencyCell } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { ShareTable } from './ShareTable.tsx'

type Received = { name: string; received: number }

/** How few hold half of all that came in; null: nothing did, they hold less, or there is only one. */
function useHalf(of: 'agencies' | 'categories' | 'channels') {
  const t = useTranslations(`board.${of}`)
  return (rows: readonly Received[], all = rows): string | null => {
    const whole = all.reduce((sum, { received }) => sum + received, 0)
    const count = holdingHalf(
      rows.map(({ received }) => received),
      whole,
    )
    const [first] = [...rows].sort((a, b) => b.received - a.received)
    return count === 0 || rows.length < 2 || !first ? null : t('finding', { count, name: first.name })
  }
}

type Props = { board: Board; onFilters: (filters: BoardFilters) => void }

/** By agency. On time is that of the agency responsible when the promise fell due. */
export function AgencyChart({ board, onFilters }: Props) {
  const t = useTranslations('board.agencies')
  const findingOf = useHalf('agencies')
  const { header, words } = useBoardFrame()
  const target = board.kpis.on_time.judged?.target ?? null
  const rows = board.charts.agencies.map((row) => ({
    ...row,
    key: row.id ?? 'none',
    name: row.id === null ? t('none') : row.name,
    isApart: row.id === null,
    by: agencyCell(row),
  }))
  return (
    <ChartCard
      id="agencies"
      span={7}
      title={t('title')}
      finding={findingOf(
        rows.filter(({ id }) => id !== null),
        rows,
      )}
      unit={t('unit')}
      table={null}
      empty={rows.length === 0 && t('empty')}
      foot={
        <>
          {t('fair')} {target !== null && t('below', { target: words.targetOf(target) })}
        </>
      }
    >
      <ShareTable
        label={t('title')}
        heading={t('heading')}
        rows={rows}
        target={target}
        onName={({ key }) => key !== 'none' && onFilters({ ...header.filters, agency: key })}
      />
    </ChartCard>
  )
}

/** By groups of categories; narrowed to a group, by its categories. */
export function CategoryChart({ board, onFilters }: Props) {
  const t = useTranslations('board.categories')
  const nameIn = useNameIn()
  const findingOf = useHalf('categories')
  const { header } = useBoardFrame()
  const rows = board.charts.categories.map((row) => ({
    ...row,
    key: row.code,
    name: nameIn(row),
    by: { category: row.code },
  }))
  return (
    <ChartCard
      id="categories"
      title={t('title')}
      finding={findingOf(rows)}
      unit={t('unit')}
      table={null}
      empty={rows.length === 0 && t('empty')}
    >
      <ShareTable
        label={t('title')}
        heading={t('heading')}
        rows={rows}
        target={board.kpis.on_time.judged?.target ?? null}
        onName={({ key }) => onFilters({ ...header.filters, category: key })}
      />
    </ChartCard>
  )
}

export function ChannelChart({ board, onFilters }: Props) {
  const t = useTranslations('board.channels')
  const names = useTranslations('reports.channels')
  const findingOf = useHalf('channels')
  const { header } = useBoardFrame()
  const rows = board.charts.channels.map((row) => ({
    ...row,
    key: row.channel,
    name: names(row.channel),
    by: { channel: row.channel },
  }))
  return (
    <ChartCard
      id="channels"
      title={t('title')}
      finding={findingOf(rows)}
      unit={t('unit')}
      table={null}
      empty={rows.length === 0 && t('empty')}
    >
      <ShareTable
        label={t('title')}
        heading={t('heading')}
        rows={rows}
        target={board.kpis.on_time.judged?.target ?? null}
        onName={({ by }) => by.channel && onFilters({ ...header.filters, channel: by.channel })}
      />
    </ChartCard>
  )
}
