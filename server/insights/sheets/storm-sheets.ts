import type { Locale } from '#messages/locales.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { type Sheet, type SheetCell, textSheet } from '#server/platform/rules/sheet.ts'
import type { Storm } from '../rules/board.ts'
import { handledParts, type KpiUnit, kpiIds } from '../rules/definitions.ts'
import { figuresOfStormCard, type StormCard, stormCards } from '../rules/storm-export.ts'
import { busiestHour, isGoingOn, lengthFor, type StormPart, stepsOf } from '../rules/storm-steps.ts'
import type { BoardSheets } from './board-sheets.ts'
import { shareOf } from './chart-sheets.ts'
import { kindOf } from './kpi-sheets.ts'
import { type Words, wordsIn } from './words.ts'

/** An incident that no one ends goes on for years: then its rows cover longer steps instead of growing in number. */
const most = 10_000
const mostDays = 120

const makers: Record<StormCard, (storm: Storm, words: Words) => Sheet> = {
  'storm-figures': figureSheet,
  'storm-course': courseSheet,
  'storm-map': areaSheet,
  'storm-kinds': kindSheet,
  'storm-grid': gridSheet,
  'storm-oldest': oldestSheet,
}

/** The page of a storm as tables, or one card of it. */
export function stormSheets(storm: Storm, card: StormCard | null, locale: Locale): BoardSheets {
  const words = wordsIn(locale)
  const cards = stormCards.filter((each) => (card ?? each) === each)
  const tables = cards.map((each) => makers[each](storm, words))
  return { about: aboutSheet(storm, cards, tables, words), told: toldOf(storm, words), tables }
}

const toldOf = ({ incident, asOf, isWholeCity }: Storm, { about, say, nameOf }: Words): BoardSheets['told'] => [
  { label: about('title'), cell: { value: say('storm.title', { name: nameOf(incident) }), kind: 'text' } },
  { label: about('whose'), cell: { value: say(`storm.whose.${isWholeCity ? 'city' : 'part'}`), kind: 'text' } },
  { label: about('asOf'), cell: { value: asOf, kind: 'moment' } },
]

function aboutSheet(storm: Storm, cards: readonly StormCard[], tables: readonly Sheet[], words: Words): Sheet {
  const { about, columns, insights, say, nameOf } = words
  const { incident, asOf, isWholeCity, total, citizens, behind } = storm
  const moment = (value: Date) => ({ value, kind: 'moment' }) as const
  const count = (value: number) => ({ value, kind: 'count' }) as const
  const figures = kpiIds.filter((id) => cards.some((card) => figuresOfStormCard[card].includes(id)))
  return textSheet(
    words.cards('about'),
    [about('item'), about('content'), about('note')],
    [
      [about('title'), say('storm.title', { name: nameOf(incident) }), null],
      [about('tables'), tables.map(({ name }) => name).join(', '), null],
      [about('whose'), say(`storm.whose.${isWholeCity ? 'city' : 'part'}`), null],
      [columns('begins'), moment(incident.startsAt), null],
      [
        columns('ends'),
        incident.endsAt && moment(incident.endsAt),
        incident.endsAt ? null : say('incidents.states.under_way'),
      ],
      [about('asOf'), moment(asOf), behind > 0 ? say('storm.behind', { count: behind }) : null],
      [about('counted'), count(total), about('happened')],
      [about('leftMerged'), count(citizens - total), null],
      [about('zone'), about('zoneByTheClock'), null],
      [about('source'), say('board.take.source'), null],
      ...figures.map((id) => [
        insights(`kpis.${id}.name`),
        insights(`kpis.${id}.formula`),
        insights(`kpis.${id}.leftOut`),
      ]),
    ],
  )
}

/** The figures at the top of the page, each typed by its own unit; the five parts sum to the reports. */
function figureSheet(storm: Storm, words: Words): Sheet {
  const { columns, insights, say, extra } = words
  const { total, peak, safeMedian, safeNotReached } = storm
  const busiest = busiestHour(storm)
  const figure = (name: string, value: number | null, unit: KpiUnit = 'count', since?: Date) => [
    name,
    { value, kind: kindOf[unit] },
    say(`sheets.units.${unit}`),
    since ?? null,
  ]
  const rows = [
    figure(say('storm.figures.total'), total),
    figure(extra('citizens'), storm.citizens),
    figure(say('storm.figures.open'), storm.open),
    figure(extra('urgentOpen'), storm.urgentOpen),
    figure(columns('openOverdue'), storm.overdue),
    figure(say('storm.figures.peak'), peak?.count ?? null, 'count', peak?.at),
    [
      ...figure(say('storm.figures.safe'), safeMedian, 'calendar_minutes'),
      safeNotReached
        ? say('sheets.remarks.notReached', { ...safeNotReached, awaited: 'close' })
        : say('storm.figures.safeAside'),
    ],
    figure(say('storm.figures.busiest'), busiest?.count ?? null, 'count', busiest?.at),
    ...(isGoingOn(storm)
      ? [figure(say('storm.figures.lastHour'), storm.lastHour), figure(extra('hourBefore'), storm.hourBefore)]
      : []),
    [...figure(say('storm.figures.bulletins'), storm.bulletins), say('storm.figures.bulletinsAside')],
    figure(say('storm.figures.handled'), shareOf(storm.handled, total), 'share'),
    ...handledParts.map((part) => figure(insights(`measures.${part}`), storm.parts[part])),
  ]
  return {
    name: words.cards('kpis'),
    columns: [
      { label: columns('figure'), kind: 'text' },
      { label: columns('value'), kind: 'count' },
      { label: columns('unit'), kind: 'text' },
      { label: columns('begins'), kind: 'moment' },
      { label: columns('remark'), kind: 'text' },
    ],
    rows,
  }
}

const untilOf = (storm: Storm): Date | null => (isGoingOn(storm) ? storm.asOf : null)

/** Hour by hour without gaps, of the whole. */
function courseSheet(storm: Storm, { columns, say, extra }: Words): Sheet {
  const until = untilOf(storm)
  return {
    name: say('storm.course.title'),
    columns: [
      { label: extra('stepFrom'), kind: 'moment' },
      { label: extra('stepTo'), kind: 'moment' },
      { label: say('storm.course.count'), kind: 'count' },
      { label: say('storm.course.closed'), kind: 'count' },
      { label: columns('backlogAtEnd'), kind: 'count' },
    ],
    rows: stepsOf(storm, until, lengthFor(storm, until, most)).map((step) => [
      step.from,
      step.to,
      step.count,
      step.closed,
      step.open,
    ]),
  }
}

const shareColumns = ({ columns, say }: Words): Sheet['columns'] => [
  { label: columns('code'), kind: 'text' },
  { label: say('storm.kinds.total'), kind: 'count' },
  { label: say('storm.kinds.open'), kind: 'count' },
  { label: say('storm.kinds.handled'), kind: 'count' },
  { label: columns('handledShare'), kind: 'share' },
]
const shareCells = ({ code, total, open, handled }: Omit<Storm['areas'][number], 'id' | 'name'>): SheetCell[] => [
  code,
  total,
  open,
  handled,
  shareOf(handled, total),
]
const areaName = ({ id, name }: Storm['areas'][number], { say }: Words): string =>
  id === null ? say('storm.map.none') : name

function areaSheet(storm: Storm, words: Words): Sheet {
  return {
    name: words.cards('areas'),
    columns: [{ label: words.say('storm.map.heading'), kind: 'text' }, ...shareColumns(words)],
    rows: storm.areas.map((area) => [areaName(area, words), ...shareCells(area)]),
  }
}

function kindSheet(storm: Storm, words: Words): Sheet {
  return {
    name: words.say('storm.kinds.title'),
    columns: [{ label: words.say('storm.kinds.heading'), kind: 'text' }, ...shareColumns(words)],
    rows: storm.kinds.map((kind) => [words.nameOf(kind), ...shareCells(kind)]),
  }
}

/** Day by day: the kinds, and below them the communes. Each of the two sums to the whole. */
function gridSheet(storm: Storm, words: Words): Sheet {
  const { columns, extra, say } = words
  const until = untilOf(storm)
  const length = lengthFor(storm, until, mostDays, 24)
  // Days with closes only have no column here.
  const days = stepsOf(storm, until, length).filter(({ count }) => count > 0)
  const cellsOf = (part: StormPart) => {
    const counts = new Map(stepsOf(storm, until, length, part).map(({ from, count }) => [from.getTime(), count]))
    return days.map(({ from }) => counts.get(from.getTime()) ?? 0)
  }
  return {
    name: extra('grid'),
    columns: [
      { label: extra('row'), kind: 'text' },
      { label: columns('scale'), kind: 'text' },
      { label: columns('code'), kind: 'text' },
      ...days.map(({ from }) => ({ label: localDayOf(from), kind: 'count' as const })),
      { label: say('storm.grid.total'), kind: 'count' },
    ],
    rows: [
      ...storm.kinds.map((kind) => [
        words.nameOf(kind),
        say('storm.grid.headings.kind'),
        kind.code,
        ...cellsOf({ kind: kind.code }),
        kind.total,
      ]),
      ...storm.areas.map((area) => [
        areaName(area, words),
        say('storm.grid.headings.area'),
        area.code,
        ...cellsOf({ area: area.id ?? 'none' }),
        area.total,
      ]),
    ],
  }
}

function oldestSheet(storm: Storm, { columns, say, extra }: Words): Sheet {
  return {
    name: say('storm.oldest.title'),
    columns: [
      { label: columns('code'), kind: 'text' },
      { label: columns('words'), kind: 'text' },
      { label: extra('receivedAt'), kind: 'moment' },
      { label: say('storm.map.heading'), kind: 'text' },
      { label: extra('agency'), kind: 'text' },
    ],
    rows: storm.oldest.map((report) => [
      report.code,
      report.title,
      report.receivedAt,
      report.areaName,
      report.agencyName ?? say('storm.oldest.noAgency'),
    ]),
  }
}
