import { filterLines, type Say } from '#server/platform/rules/filters/words.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import type { BoundDataPoint, DataPointCell } from './data-point.ts'
import { boardConditions, boardConditionWords, boardThings, type NamedFilter } from './filters.ts'
import { resolvePeriod } from './period.ts'

export type PointCondition = { key: string; label: string; value: string }

type PointWords = {
  /** Translates a full key of the messages. */
  say: Say
  isEnglish: boolean
  /** The name of an agency, area, category or incident by its id. */
  nameOf: (of: NamedFilter, id: string) => string
  day: (day: LocalDay) => string
  /** Days, both included. */
  span: (from: LocalDay, to: LocalDay) => string
  moment: (at: Date) => string
}

/** The name of the figure. */
export const measureWords = ({ dataPoint }: BoundDataPoint, say: Say): string =>
  say(`insights.measures.${dataPoint.measure}`)

/**
 * Everything a figure was counted under, as text: first the filters of the board with its moment and what counts as
 * known, then the bar or cell itself.
 */
export function pointConditions({ dataPoint, filters, asOf }: BoundDataPoint, words: PointWords): PointCondition[] {
  const { say, day, span, moment } = words
  const { fromDay, toDay } = resolvePeriod({ period: filters.period, compare: 'none' }, asOf)
  const things = boardThings(filters, (name) => words.nameOf(name, String(filters[name])))
  const join = (names: readonly string[]) => names.join(', ')
  const lines = filterLines(boardConditions, boardConditionWords, filters, {
    say,
    things,
    isEnglish: words.isEnglish,
    day,
    moment,
    join,
  })
  return [
    { key: 'period', label: say('board.drillDown.period'), value: span(fromDay, toDay) },
    ...lines.map(({ name, ...line }) => ({ key: `board-${name}`, ...line })),
    ...cellConditions(dataPoint.by ?? {}, { ...words, asOf }),
    { key: 'asOf', label: say('board.drillDown.asOf'), value: moment(asOf) },
  ]
}

/** A stored link is read on other days: what is said of a cell names the day of its moment. */
type CellWords = {
  [N in keyof DataPointCell]-?: (value: NonNullable<DataPointCell[N]>, words: PointWords & { asOf: Date }) => string
}

const named = (of: NamedFilter, id: string, words: PointWords): string => {
  if (id === 'none') return words.say(of === 'area' ? 'board.drillDown.noArea' : 'board.drillDown.noAgency')
  return words.nameOf(of, id)
}

const instants = ({ from, to }: { from: string; to: string }, { say, moment }: PointWords): string =>
  say('board.drillDown.instants', { from: moment(new Date(from)), to: moment(new Date(to)) })

const levels = ['nobody', 'head', 'desk', 'leaders'] as const

/** What each condition of a bar or cell reads like. */
const cellWords: CellWords = {
  agency: (id, words) => named('agency', id, words),
  area: (id, words) => named('area', String(id), words),
  category: (code, words) => named('category', code, words),
  channel: (channel, { say }) => say(`reports.channels.${channel}`),
  severity: (severity, { say }) =>
    say(severity === 'not_urgent' ? 'board.drillDown.notUrgent' : `reports.severities.${severity}`),
  days: ({ from, to }, { span }) => span(from, to),
  hour: (hour, { say, isEnglish }) =>
    say('board.drillDown.hourOfWeek', {
      weekday: weekdayOf(hour, isEnglish),
      from: hour % 24,
      to: (hour % 24) + 1,
    }),
  happened: instants,
  came: instants,
  ended: instants,
  age: (age, { say }) => say(`insights.ages.${age}`),
  standing: (standing, { say, day, asOf }) =>
    say(`insights.deadlineBuckets.${standing}`, { day: day(localDayOf(asOf)) }),
  rating: (rating, { say }) => say(`reports.ratings.${rating}`),
  level: (level, { say }) => say(`board.missed.levels.${levels[level] ?? 'leaders'}`),
  move: ({ from, to }, { say }) =>
    say('board.drillDown.moved', { from: say(`reports.states.${from}`), to: say(`reports.states.${to}`) }),
}

const cellConditions = (cell: DataPointCell, words: PointWords & { asOf: Date }): PointCondition[] =>
  Object.entries(cell).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          {
            key: name,
            label: words.say(`board.drillDown.cells.${name}`),
            // The entries of an object have lost which value belongs to which name.
            value: (
              cellWords[name as keyof DataPointCell] as (value: unknown, words: PointWords & { asOf: Date }) => string
            )(value, words),
          },
        ],
  )

/** 5 January 1970 was a Monday. */
function weekdayOf(hour: number, isEnglish: boolean): string {
  const day = new Date(Date.UTC(1970, 0, 5 + Math.floor(hour / 24)))
  return new Intl.DateTimeFormat(isEnglish ? 'en-GB' : 'vi-VN', { weekday: 'long', timeZone: 'UTC' }).format(day)
}
