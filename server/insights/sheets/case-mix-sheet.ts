import type { Sheet } from '#server/platform/rules/sheet.ts'
import { byStanding, type CaseMix, isCompared } from '../rules/case-mix.ts'
import type { Words } from './words.ts'

/** Agencies like with like, as the table of the card has them: those that are named first. No ranks. */
export const caseMixSheet = ({ agencies }: CaseMix, words: Words): Sheet => ({
  name: words.cards('caseMix'),
  columns: [
    { label: words.board('caseMix.heading'), kind: 'text' },
    { label: words.columns('code'), kind: 'text' },
    { label: words.board('caseMix.due'), kind: 'count' },
    { label: words.board('caseMix.missed'), kind: 'count' },
    { label: words.columns('dueCompared'), kind: 'count' },
    { label: words.board('caseMix.observed'), kind: 'count' },
    { label: words.board('caseMix.expected'), kind: 'decimal' },
    { label: words.columns('farOff'), kind: 'decimal' },
    { label: words.board('caseMix.standing'), kind: 'text' },
  ],
  rows: byStanding(agencies).map((row) => [
    row.name,
    row.id,
    row.due,
    row.missed,
    row.covered.due,
    row.covered.missed,
    Math.round(row.expected * 10) / 10,
    isCompared(row) ? Math.round(row.far * 100) / 100 : null,
    words.board(`caseMix.standings.${row.standing}`),
  ]),
})
