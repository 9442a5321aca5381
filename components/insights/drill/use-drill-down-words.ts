'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useFilterLines } from '#components/ui/filters/use-filter-lines.ts'
import { useFormat } from '#components/ui/use-format.ts'
import { type BoundDataPoint, instantCells } from '#server/insights/rules/data-point.ts'
import { boardConditions, boardConditionWords, boardThings, type NamedFilter } from '#server/insights/rules/filters.ts'
import { resolvePeriod } from '#server/insights/rules/period.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { usePeriodWords } from '../use-period-words.ts'

type Condition = { key: string; label: string; value: string }

/** Everything a figure was counted under, as text: first the filters of the board, then the bar or cell itself. */
export function useDrillDownWords(choices: Choices | undefined) {
  const t = useTranslations('board.drillDown')
  const insights = useTranslations('insights')
  const levels = useTranslations('board.missed.levels')
  const reports = useTranslations('reports')
  const format = useFormat()
  const english = useLocale() === 'en'
  const { spanOf } = usePeriodWords()
  const linesOf = useFilterLines(boardConditions, boardConditionWords)

  const nameOf = (items: readonly { id: string | number; name: string }[] | undefined, id: string | number) =>
    items?.find((item) => item.id === id)?.name ?? String(id)
  const categoryOf = (code: string): string => {
    const leaf = choices?.categories.find((each) => each.code === code)
    if (leaf) return english ? leaf.nameEn : leaf.name
    const group = choices?.categories.find((each) => each.groupCode === code)
    return group ? (english ? group.groupNameEn : group.groupName) : code
  }
  const namesOf: Record<NamedFilter, (value: string) => string> = {
    agency: (id) => (id === 'none' ? t('noAgency') : nameOf(choices?.agencies, id)),
    area: (id) => (id === 'none' ? t('noArea') : nameOf(choices?.areas, Number(id))),
    category: categoryOf,
    incident: (id) => nameOf(choices?.incidents, id),
  }
  const wordsOf: Record<string, (value: string) => string> = {
    ...namesOf,
    channel: (channel) => reports(`channels.${channel as 'app'}`),
    severity: (severity) => reports(`severities.${severity as 'urgent'}`),
    age: (age) => insights(`ages.${age as '0-1'}`),
    standing: (standing) => insights(`deadlineBuckets.${standing as 'today'}`),
    rating: (rating) => reports(`ratings.${rating as 'satisfied'}`),
    level: (level) => levels((['nobody', 'head', 'desk', 'leaders'] as const)[Number(level)] ?? 'leaders'),
    hour: (hour) =>
      t('hourOfWeek', {
        weekday: weekdayOf(Number(hour), english),
        from: Number(hour) % 24,
        to: (Number(hour) % 24) + 1,
      }),
  }

  const instantsOf = ({ from, to }: { from: string; to: string }): string =>
    t('instants', { from: format.dateTime(new Date(from)), to: format.dateTime(new Date(to)) })

  return ({ dataPoint, filters: under, asOf }: BoundDataPoint): Condition[] => {
    const { fromDay, toDay } = resolvePeriod({ period: under.period, compare: 'none' }, asOf)
    const conditions: Condition[] = [{ key: 'period', label: t('period'), value: spanOf(fromDay, toDay) }]
    const things = boardThings(under, (name) => namesOf[name](String(under[name])))
    for (const { name, ...line } of linesOf(under, things)) conditions.push({ key: `board-${name}`, ...line })
    for (const [name, value] of Object.entries(dataPoint.by ?? {})) {
      const words =
        name === 'days'
          ? spanOf((value as { from: string; to: string }).from, (value as { from: string; to: string }).to)
          : instantCells.some((cell) => cell === name)
            ? instantsOf(value as { from: string; to: string })
            : name === 'move'
              ? t('moved', {
                  from: reports(`states.${(value as { from: 'answered' }).from}`),
                  to: reports(`states.${(value as { to: 'answered' }).to}`),
                })
              : (wordsOf[name]?.(String(value)) ?? String(value))
      conditions.push({ key: name, label: t(`cells.${name as 'agency'}`), value: words })
    }
    conditions.push({ key: 'asOf', label: t('asOf'), value: format.dateTime(asOf) })
    return conditions
  }
}

/** 5 January 1970 was a Monday. */
function weekdayOf(hour: number, english: boolean): string {
  const day = new Date(Date.UTC(1970, 0, 5 + Math.floor(hour / 24)))
  return new Intl.DateTimeFormat(english ? 'en-GB' : 'vi-VN', { weekday: 'long', timeZone: 'UTC' }).format(day)
}
