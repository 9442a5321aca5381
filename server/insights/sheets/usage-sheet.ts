import { startOfDay } from '#server/platform/rules/local-day.ts'
import type { Sheet } from '#server/platform/rules/sheet.ts'
import type { Board } from '../rules/board.ts'
import type { Words } from './words.ts'

/** Without totals, because one person may have accounts in several sources. */
export const usageSheet = ({ usage }: Board, words: Words): Sheet => ({
  name: words.cards('usage'),
  columns: [
    { label: words.board('usage.source'), kind: 'text' },
    { label: words.board('usage.accounts'), kind: 'count' },
    { label: words.board('usage.day'), kind: 'day' },
    { label: words.board('usage.visits'), kind: 'count' },
    { label: words.board('usage.days'), kind: 'count' },
  ],
  rows: usage.map(({ source, accounts, day, visits, daysReported }) => [
    source,
    accounts,
    startOfDay(day),
    visits,
    daysReported,
  ]),
})
