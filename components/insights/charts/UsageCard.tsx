'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { Board } from '#server/insights/rules/board.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { FigureTable } from '../chart/FigureTable.tsx'

const columns = ['accounts', 'day', 'visits', 'days'] as const

/** Usage of the app as other systems report it, with source and days, because the desk cannot verify these figures. */
export function UsageCard({ usage }: Pick<Board, 'usage'>) {
  const t = useTranslations('board.usage')
  const format = useFormat()
  const { header } = useBoardFrame()
  const last = [localDayOf(header.asOf), header.toDay].toSorted()[0] as string
  const days = (startOfDay(dayAfter(last)).getTime() - startOfDay(header.fromDay).getTime()) / 86_400_000
  const rows = usage.map(({ source, accounts, day, visits, daysReported }) => {
    const texts: Record<(typeof columns)[number], string> = {
      accounts: format.number(accounts),
      day: format.date(startOfDay(day)),
      visits: visits === null ? '–' : format.number(visits),
      days: t('daysOf', { count: daysReported, of: days }),
    }
    return { key: source, heading: source, cells: columns.map((column) => ({ text: texts[column] })) }
  })
  const model = {
    heading: t('source'),
    columns: columns.map((key) => ({ key, label: t(key) })),
    rows,
  }
  return (
    <ChartCard
      id="usage"
      span={7}
      title={t('title')}
      unit={t('unit')}
      table={null}
      empty={usage.length === 0 && t('empty')}
    >
      <FigureTable label={t('title')} model={model} />
    </ChartCard>
  )
}
