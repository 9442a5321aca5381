import { filterLines } from '#server/platform/rules/filters/words.ts'
import { type LocalDay, localDayOf, startOfDay, writtenMomentOf } from '#server/platform/rules/local-day.ts'
import { type Sheet, type TypedCell, textSheet } from '#server/platform/rules/sheet.ts'
import type { Board, BoardHeader } from '../rules/board.ts'
import { type ExportCard, figuresOfCard } from '../rules/board-export.ts'
import { kpiIds } from '../rules/definitions.ts'
import { boardConditions, boardConditionWords, boardThings } from '../rules/filters.ts'
import { againstAgencyWords, whoseWords } from '../rules/part-seen.ts'
import type { Say } from '../rules/weekly-words.ts'
import type { Words } from './words.ts'

/** The tables of a file, and those that it would have if they had been computed in time. */
type Held = { cards: readonly ExportCard[]; late: readonly ExportCard[] }

/** A condition that all numbers of a file were counted under. */
export type ToldCondition = { label: string; cell: TypedCell }

/**
 * What makes a file readable without the page it came from: whose figures, which days, as of when, and how each is
 * counted.
 */
export function aboutSheet({ header }: Board, { cards, late }: Held, words: Words): Sheet {
  const { about, board, insights } = words
  const conditions = toldConditions(header, words)
  const title = cards.length === 1 && cards[0] ? words.cards(cards[0]) : board('title')
  const figures = kpiIds.filter((id) => cards.some((card) => figuresOfCard[card].includes(id)))
  return textSheet(
    words.cards('about'),
    [about('item'), about('content'), about('note')],
    [
      [about('title'), title, null],
      ...(cards.length > 1 ? [[about('tables'), cards.map((card) => words.cards(card)).join(', '), null]] : []),
      ...late.map((card) => [about('missing'), words.cards(card), about('late')]),
      ...conditions.map(({ label, cell }) => [label, cell, null]),
      [about('compared'), comparedOf(header, words), null],
      [about('counted'), { value: header.counted, kind: 'count' as const }, null],
      [about('left'), `${header.spamOrTest}; ${header.merged}`, null],
      [about('zone'), about('zoneName', { minutes: header.minutesPerDay }), null],
      [about('source'), board('take.source'), null],
      ...figures.map((id) => [
        insights(`kpis.${id}.name`),
        insights(`kpis.${id}.formula`),
        insights(`kpis.${id}.leftOut`),
      ]),
    ],
  )
}

/** Whose figures, which days, every filter, and the moment: what each file of figures names. */
export function toldConditions(header: BoardHeader, words: Words): ToldCondition[] {
  const { about, board } = words
  const narrowed = narrowedTo(header, words)
  return [
    { label: about('whose'), cell: { value: whoseWords(header, words.say as Say), kind: 'text' } },
    { label: about('from'), cell: dayCell(header.fromDay) },
    { label: about('to'), cell: dayCell(header.toDay) },
    ...(narrowed.length === 0 ? [{ label: board('filters.title'), value: about('all') }] : narrowed).map(
      ({ label, value }): ToldCondition => ({ label, cell: { value, kind: 'text' } }),
    ),
    { label: about('asOf'), cell: { value: header.asOf, kind: 'moment' } },
  ]
}

const dayCell = (day: LocalDay) => ({ value: startOfDay(day), kind: 'day' }) as const

function comparedOf(header: BoardHeader, { about, board, dateOf, say }: Words): string {
  const { compared, isPartial } = header
  if (!compared) return board('compare.none')
  if (compared.kind === 'agency') return againstAgencyWords(header, say as Say)
  const lastInstant = new Date(compared.to.getTime() - 1)
  const span = about('span', { from: dateOf(localDayOf(compared.from)), to: dateOf(localDayOf(lastInstant)) })
  return board(isPartial ? `whose.partial.${compared.kind}` : `whose.full.${compared.kind}`, { span })
}

const narrowedTo = ({ filters, names }: BoardHeader, { say, locale, dateOf }: Words) =>
  filterLines(boardConditions, boardConditionWords, filters, {
    say: (key, values) => say(key as never, values as never),
    things: boardThings(filters, (name) => names[name]),
    isEnglish: locale === 'en',
    day: dateOf,
    moment: writtenMomentOf,
    join: (all) => all.join(', '),
  })
