import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import type { Sheet, SheetCell, TypedCell } from '#server/platform/rules/sheet.ts'
import type { Board, Charts, Matured, Share } from '../rules/board.ts'
import { handledParts } from '../rules/definitions.ts'
import { maturedStep } from '../rules/matured-step.ts'
import type { Words } from './words.ts'

type Column = Sheet['columns'][number]

export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
const handledIn = ({ parts }: Pick<Share, 'parts'>): number => parts.handled_in_time + parts.handled_late

const stepColumns = ({ columns }: Words): Column[] => [
  { label: columns('from'), kind: 'day' },
  { label: columns('to'), kind: 'day' },
]
const stepCells = ({ from, to }: { from: string; to: string }) => [startOfDay(from), startOfDay(to)]

/** Whether there are steps of another period beside these. */
const isCompared = ({ flow }: Charts): boolean => flow.some(({ previous }) => previous !== null)

const isUsualKnown = ({ flow }: Charts): boolean => flow.some(({ usual }) => usual !== null)

export const flowSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('flow'),
  columns: [
    ...stepColumns(words),
    { label: words.board('flow.received'), kind: 'count' },
    { label: words.board('flow.closed'), kind: 'count' },
    { label: words.board('flow.reopened'), kind: 'count' },
    { label: words.columns('backlogAtEnd'), kind: 'count' },
    ...(isCompared(charts)
      ? [
          { label: words.board('flow.receivedThen'), kind: 'count' as const },
          { label: words.board('flow.closedThen'), kind: 'count' as const },
        ]
      : []),
    ...(isUsualKnown(charts)
      ? [
          { label: words.board('flow.usualLow'), kind: 'count' as const },
          { label: words.board('flow.usual'), kind: 'count' as const },
          { label: words.board('flow.usualHigh'), kind: 'count' as const },
        ]
      : []),
  ],
  rows: charts.flow.map((step) => [
    ...stepCells(step),
    step.received,
    step.closed,
    step.reopened,
    step.backlog,
    ...(isCompared(charts) ? [step.previous?.received ?? null, step.previous?.closed ?? null] : []),
    ...(isUsualKnown(charts) ? [step.usual?.low ?? null, step.usual?.median ?? null, step.usual?.high ?? null] : []),
  ]),
})

const maturedColumns = ({ insights }: Words): Column[] => [
  { label: insights('measures.matured'), kind: 'count' },
  { label: insights('measures.matured_handled'), kind: 'count' },
  { label: insights('measures.unmatured'), kind: 'count' },
]
const maturedCells = ({ handled, of, notYet }: Matured): number[] => [of, handled, notYet]

/** The share as the chart draws it: a step that is not due says so, and has no number. */
const stepCell = (matured: Matured, { board }: Words): number | null | TypedCell => {
  const { is, share } = maturedStep(matured)
  return is === 'notYet' ? { value: board('handled.notYetDue'), kind: 'text' } : share
}

export const handledSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('handled'),
  columns: [
    ...stepColumns(words),
    { label: words.insights('measures.received'), kind: 'count' },
    ...partColumns(words),
    ...maturedColumns(words),
    { label: words.board('handled.matured'), kind: 'share' },
    { label: words.board('handled.aim'), kind: 'share' },
    ...(isCompared(charts) ? [{ label: words.board('handled.shareThen'), kind: 'share' as const }] : []),
  ],
  rows: charts.handled.map((step) => [
    ...stepCells(step),
    step.received,
    ...handledParts.map((part) => step.parts[part]),
    ...maturedCells(step.matured),
    stepCell(step.matured, words),
    step.target,
    ...(isCompared(charts) ? [step.previous && stepCell(step.previous.matured, words)] : []),
  ]),
})

const partColumns = ({ insights }: Words): Column[] =>
  handledParts.map((part) => ({ label: insights(`measures.${part}`), kind: 'count' }))

/** The same columns for every table of parts of the reports. */
const shareColumns = (words: Words): Column[] => [
  { label: words.insights('measures.received'), kind: 'count' },
  ...partColumns(words),
  { label: words.columns('handledShare'), kind: 'share' },
  { label: words.insights('measures.promises_due'), kind: 'count' },
  { label: words.insights('measures.promises_kept'), kind: 'count' },
  { label: words.columns('onTimeShare'), kind: 'share' },
  { label: words.insights('measures.backlog'), kind: 'count' },
  { label: words.columns('openOverdue'), kind: 'count' },
]
const shareCells = (row: Share): (number | null)[] => [
  row.received,
  ...handledParts.map((part) => row.parts[part]),
  shareOf(handledIn(row), row.received),
  row.due,
  row.kept,
  shareOf(row.kept, row.due),
  row.open,
  row.overdue,
]

export const agencySheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('agencies'),
  columns: [
    { label: words.board('agencies.heading'), kind: 'text' },
    { label: words.columns('code'), kind: 'text' },
    ...shareColumns(words),
    { label: words.columns('closeMedian'), kind: 'minutes' },
  ],
  rows: charts.agencies.map((row) => [
    row.id === null ? words.board('agencies.none') : row.name,
    row.id,
    ...shareCells(row),
    row.closeMedian,
  ]),
})

export const categorySheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('categories'),
  columns: [
    { label: words.board('categories.heading'), kind: 'text' },
    { label: words.columns('code'), kind: 'text' },
    ...shareColumns(words),
  ],
  rows: charts.categories.map((row) => [words.nameOf(row), row.code, ...shareCells(row)]),
})

export const areaSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('areas'),
  columns: [
    { label: words.board('areas.heading'), kind: 'text' },
    { label: words.columns('code'), kind: 'text' },
    ...shareColumns(words),
  ],
  rows: charts.areas.map((row) => [
    row.id === null ? words.board('areas.none') : row.name,
    row.id === null ? null : row.code,
    ...shareCells(row),
  ]),
})

export const channelSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('channels'),
  columns: [{ label: words.board('channels.heading'), kind: 'text' }, ...shareColumns(words)],
  rows: charts.channels.map((row) => [words.reports(`channels.${row.channel}`), ...shareCells(row)]),
})

export const comingSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('coming'),
  columns: [
    ...stepColumns(words),
    { label: words.board('coming.count'), kind: 'count' },
    { label: words.board('coming.ofUrgent'), kind: 'count' },
  ],
  rows: charts.coming.map(({ from, day, count, urgent }) => [...stepCells({ from, to: day }), count, urgent]),
})

/** Two scales of the same reports: each sums to all that are open. */
export function ageingSheet({ charts, header }: Board, words: Words): Sheet {
  const { byAge, byDeadline } = charts.ageing
  const all = byAge.reduce((sum, { count }) => sum + count, 0)
  return {
    name: words.cards('ageing'),
    columns: [
      { label: words.board('ageing.heading'), kind: 'text' },
      { label: words.columns('scale'), kind: 'text' },
      { label: words.board('ageing.count'), kind: 'count' },
      { label: words.columns('share'), kind: 'share' },
    ],
    rows: [
      ...byAge.map(({ bucket, count }) => [
        words.insights(`ages.${bucket}`),
        words.board('ageing.byAge'),
        count,
        shareOf(count, all),
      ]),
      ...byDeadline.map(({ bucket, count }) => [
        // A file is read on other days: it names the day.
        words.insights(`deadlineBuckets.${bucket}`, { day: words.dateOf(localDayOf(header.asOf)) }),
        words.board('ageing.byDeadline'),
        count,
        shareOf(count, all),
      ]),
    ],
  }
}

const levels = ['nobody', 'head', 'desk', 'leaders'] as const

export function missedSheet({ charts }: Board, words: Words): Sheet {
  const all = charts.missed.reduce((sum, { count }) => sum + count, 0)
  return {
    name: words.cards('missed'),
    columns: [
      { label: words.board('missed.heading'), kind: 'text' },
      { label: words.board('missed.count'), kind: 'count' },
      { label: words.columns('share'), kind: 'share' },
    ],
    rows: charts.missed.map(({ level, count }) => [
      words.board(`missed.levels.${levels[level] ?? 'leaders'}`),
      count,
      shareOf(count, all),
    ]),
  }
}

export const hoursSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('hours'),
  columns: [
    { label: words.board('hours.heading'), kind: 'text' },
    ...words.weekdays.map((label) => ({ label, kind: 'count' as const })),
  ],
  rows: Array.from({ length: 24 }, (_, hour): SheetCell[] => [
    words.board('hours.hour', { from: hour, to: hour + 1 }),
    ...words.weekdays.map((_, weekday) => charts.hours[weekday * 24 + hour] ?? 0),
  ]),
})

export const movesSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('moves'),
  columns: [
    { label: words.columns('stateFrom'), kind: 'text' },
    { label: words.columns('stateTo'), kind: 'text' },
    { label: words.columns('times'), kind: 'count' },
    { label: words.columns('count'), kind: 'count' },
  ],
  rows: mostFirst(charts.moves, ({ count }) => count).map(({ from, to, count, reports }) => [
    words.reports(`states.${from}`),
    words.reports(`states.${to}`),
    count,
    reports,
  ]),
})

export const holdingPeriodsSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('stays'),
  columns: [
    { label: words.board('stays.heading'), kind: 'text' },
    { label: words.columns('code'), kind: 'text' },
    { label: words.columns('medianMinutes'), kind: 'minutes' },
    { label: words.board('stays.stays'), kind: 'count' },
    { label: words.columns('totalMinutes'), kind: 'minutes' },
  ],
  rows: mostFirst(charts.holdingPeriods, ({ median }) => median).map(({ agency, holdingPeriods, minutes, median }) => [
    agency.name,
    agency.id,
    median,
    holdingPeriods,
    minutes,
  ]),
})

export const forwardingSheet = ({ charts }: Board, words: Words): Sheet => ({
  name: words.cards('forwarding'),
  columns: [
    { label: words.board('forwarding.heading'), kind: 'text' },
    { label: words.columns('code'), kind: 'text' },
    { label: words.board('forwarding.share'), kind: 'share' },
    { label: words.board('forwarding.forwarded'), kind: 'count' },
    { label: words.board('forwarding.first'), kind: 'count' },
  ],
  rows: mostFirst(forwarders(charts), ({ forwarded, first }) => forwarded / first).map(
    ({ id, name, first, forwarded }) => [name, id, forwarded / first, forwarded, first],
  ),
})

const forwarders = ({ agencies }: Charts) => agencies.filter(({ id, first }) => id !== null && first > 0)

const mostFirst = <T>(rows: readonly T[], figureOf: (row: T) => number): T[] =>
  [...rows].sort((a, b) => figureOf(b) - figureOf(a))
