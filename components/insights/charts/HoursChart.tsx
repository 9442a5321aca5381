'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { placeOfMost } from '#server/insights/rules/findings.ts'
import { hourMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { HeatTable } from '../chart/HeatTable.tsx'

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour)
/** Monday, 5 January 1970. */
const monday = Date.UTC(1970, 0, 5)
const day = 86_400_000

/** When reports come in: the hours of the week, the deeper the more. */
export function HoursChart({ hours }: { hours: readonly number[] }) {
  const t = useTranslations('board.hours')
  const locale = useLocale()
  const { shownOf } = useBoardFrame()
  const weekdays = useMemo(() => {
    const [short, long] = (['short', 'long'] as const).map(
      (weekday) => new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'vi-VN', { weekday, timeZone: 'UTC' }),
    )
    return Array.from({ length: 7 }, (_, i) => ({
      short: short?.format(monday + i * day) ?? '',
      long: long?.format(monday + i * day) ?? '',
    }))
  }, [locale])
  const all = hours.reduce((sum, count) => sum + count, 0)
  const marks = hourMarks(hours)
  const rows = weekdays.map(({ short, long }, weekday) => ({
    key: long,
    label: short,
    long,
    cells: marks.slice(weekday * 24, weekday * 24 + 24).map((mark, hour) => ({
      value: mark.count,
      name: t('cell', { weekday: long, from: hour, to: hour + 1 }),
      ...shownOf(mark),
    })),
  }))
  const most = placeOfMost(hours)
  return (
    <ChartCard
      id="hours"
      title={t('title')}
      finding={
        most !== null &&
        t('finding', {
          weekday: weekdays[Math.floor(most / 24)]?.long ?? '',
          from: most % 24,
          to: (most % 24) + 1,
          count: hours[most] ?? 0,
        })
      }
      unit={t('unit')}
      empty={all === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: weekdays.map(({ long }) => ({ key: long, label: long })),
        rows: hoursOfDay.map((hour) => ({
          key: String(hour),
          heading: t('hour', { from: hour, to: hour + 1 }),
          cells: rows.map(({ cells }) => cells[hour] ?? { text: '' }),
        })),
      }}
    >
      <HeatTable
        label={t('title')}
        columns={hoursOfDay.map((hour) => ({
          key: String(hour),
          label: hour % 3 === 0 ? t('short', { hour }) : '',
          name: t('hour', { from: hour, to: hour + 1 }),
        }))}
        rows={rows}
      />
    </ChartCard>
  )
}
