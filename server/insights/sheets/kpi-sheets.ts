import type { CellKind, Sheet, SheetCell } from '#server/platform/rules/sheet.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import type { Board, Contribution, Explanation, KpiFigure } from '../rules/board.ts'
import { awaitedOf, commitmentFates, definitions, handledParts, type KpiUnit, kpiIds } from '../rules/definitions.ts'
import type { Words } from './words.ts'

export const kindOf: Record<KpiUnit, CellKind> = {
  count: 'count',
  share: 'share',
  working_minutes: 'minutes',
  calendar_minutes: 'minutes',
}

/** Every figure of the board with what it is made of. Each value is typed by its own unit. */
export function kpiSheet({ kpis, charts: { usual } }: Board, words: Words): Sheet {
  const { board, columns, insights, say } = words
  return {
    name: words.cards('kpis'),
    columns: [
      { label: columns('figure'), kind: 'text' },
      { label: columns('value'), kind: 'count' },
      { label: columns('unit'), kind: 'text' },
      { label: columns('numerator'), kind: 'count' },
      { label: columns('denominator'), kind: 'count' },
      { label: columns('n'), kind: 'count' },
      { label: columns('previous'), kind: 'count' },
      { label: columns('previousN'), kind: 'count' },
      { label: columns('change'), kind: 'count' },
      { label: columns('verdict'), kind: 'text' },
      { label: columns('target'), kind: 'count' },
      { label: columns('judgedValue'), kind: 'count' },
      { label: columns('judgedOf'), kind: 'count' },
      { label: columns('gap'), kind: 'count' },
      { label: columns('standing'), kind: 'text' },
      { label: insights('measures.matured'), kind: 'count' },
      { label: insights('measures.matured_handled'), kind: 'count' },
      { label: insights('measures.unmatured'), kind: 'count' },
      { label: columns('remark'), kind: 'text' },
    ],
    rows: kpiIds.map((id) => {
      const { value, unit, numerator, denominator, n, previous, change, verdict, isHidden } = kpis[id]
      const { judged, matured } = kpis[id]
      const compared = judged?.compared ?? null
      const typed = (cell: SheetCell) => ({ value: cell, kind: kindOf[unit] })
      return [
        insights(`kpis.${id}.name`),
        typed(value),
        say(`sheets.units.${unit}`),
        // With so few ratings not even the number of good ones is shown.
        isHidden ? null : numerator,
        denominator,
        n,
        typed(previous?.value ?? null),
        previous?.n ?? null,
        typed(change),
        verdict && board(`change.${verdict}`),
        typed(judged?.target ?? null),
        typed(compared?.value ?? null),
        compared?.n ?? null,
        typed(compared?.distance ?? null),
        compared && say(`sheets.standings.${compared.standing}`),
        matured?.of ?? null,
        matured?.handled ?? null,
        matured?.notYet ?? null,
        id === 'received' ? usual && say('sheets.remarks.usual', usual) : remarkOn(kpis[id], words),
      ]
    }),
  }
}

function remarkOn({ id, isHidden, notReached, provisionalUntil }: KpiFigure, { say, dateOf }: Words): string | null {
  if (isHidden) return say('sheets.remarks.hidden')
  if (notReached) return say('sheets.remarks.notReached', { ...notReached, awaited: awaitedOf(id) })
  return provisionalUntil && say('sheets.remarks.provisional', { day: dateOf(provisionalUntil) })
}

/** "Percentage handled" in its five parts, and their sum. */
export const partsSheet = ({ parts: { now, previous } }: Board, words: Words): Sheet =>
  sheetOfParts('parts', words, ({ insights }) =>
    handledParts.map((part) => [insights(`measures.${part}`), now[part], previous ? previous[part] : null]),
  )

/** What became of those handled, and their sum. */
export const outcomeSheet = ({ outcomes: { now, previous } }: Board, words: Words): Sheet =>
  sheetOfParts('outcomes', words, ({ say }) =>
    outcomes.map((outcome) => [say(`reports.outcomes.${outcome}`), now[outcome], previous ? previous[outcome] : null]),
  )

/** What became of the commitments whose day passed. */
export const commitmentSheet = ({ commitments: { now, previous } }: Board, words: Words): Sheet =>
  sheetOfParts('commitments', words, ({ insights }) =>
    commitmentFates.map((fate) => [
      insights(`measures.commitments_${fate}`),
      now[fate],
      previous ? previous[fate] : null,
    ]),
  )

type Part = [name: string, count: number, before: number | null]

function sheetOfParts(
  card: 'parts' | 'outcomes' | 'commitments',
  words: Words,
  partsIn: (words: Words) => Part[],
): Sheet {
  const { cards, columns, say } = words
  const parts = partsIn(words)
  const whole = parts.reduce((all, [, count]) => all + count, 0)
  const isCompared = parts.some(([, , before]) => before !== null)
  const wholeBefore = parts.reduce((all, [, , before]) => all + (before ?? 0), 0)
  const shareOf = (count: number, all: number) => (all === 0 ? null : count / all)
  const cellsOf = (count: number, before: number | null) => [
    count,
    shareOf(count, whole),
    before,
    before === null ? null : shareOf(before, wholeBefore),
  ]
  return {
    name: cards(card),
    columns: [
      { label: columns('part'), kind: 'text' },
      { label: columns('count'), kind: 'count' },
      { label: columns('share'), kind: 'share' },
      { label: columns('previousCount'), kind: 'count' },
      { label: columns('previousShare'), kind: 'share' },
    ],
    rows: [
      ...parts.map(([name, count, before]) => [name, ...cellsOf(count, before)]),
      [say('sheets.sum'), ...cellsOf(whole, isCompared ? wholeBefore : null)],
    ],
  }
}

/** What moved a headline figure: the contributions sum to its change. */
export function explainSheet({ kpi, dimension, change, contributions }: Explanation, words: Words): Sheet {
  const { board, columns, cards, insights, say, nameOf } = words
  const figure = insights(`kpis.${kpi}.name`)
  const kind = kindOf[definitions[kpi].unit]
  const partName = (part: Contribution) => {
    if (dimension !== 'outcome') return part.key === null ? board(`explain.none.${dimension}`) : nameOf(part)
    return say(`reports.outcomes.${outcomes.find((outcome) => outcome === part.key) ?? 'not_stated'}`)
  }
  const sum = (part: 'total' | 'rate' | 'mix') => contributions.reduce((all, each) => all + each[part], 0)
  return {
    name: cards('explain'),
    columns: [
      { label: board(`explain.dimensions.${dimension}`), kind: 'text' },
      { label: columns('figure'), kind: 'text' },
      { label: board('explain.total'), kind },
      { label: board('explain.rate'), kind },
      { label: board('explain.mix'), kind },
      { label: board('explain.now'), kind },
      { label: columns('n'), kind: 'count' },
      { label: board('explain.before'), kind },
      { label: columns('previousN'), kind: 'count' },
      { label: columns('verdict'), kind: 'text' },
    ],
    rows: [
      ...contributions.map((each) => [
        partName(each),
        figure,
        each.total,
        each.rate,
        each.mix,
        each.now.value,
        each.now.n,
        each.previous.value,
        each.previous.n,
        each.verdict && board(`change.${each.verdict}`),
      ]),
      ...(change === null
        ? []
        : [[say('sheets.sum'), figure, change, sum('rate'), sum('mix'), null, null, null, null, null]]),
    ],
  }
}

export function ratingSheet({ charts }: Board, { cards, columns, reports }: Words): Sheet {
  const all = charts.ratings.reduce((sum, { count }) => sum + count, 0)
  // Too few ratings are not shown at all.
  const shown = all < definitions.satisfaction.leastN ? [] : charts.ratings
  return {
    name: cards('ratings'),
    columns: [
      { label: columns('part'), kind: 'text' },
      { label: columns('count'), kind: 'count' },
      { label: columns('share'), kind: 'share' },
    ],
    rows: shown.map(({ rating, count }) => [reports(`ratings.${rating}`), count, count / all]),
  }
}

/** Incidents, bulletins and annotations of the period: the marks of the time charts. */
export function annotationSheet({ charts }: Board, { cards, columns, say, nameOf }: Words): Sheet {
  return {
    name: cards('annotations'),
    columns: [
      { label: columns('words'), kind: 'text' },
      { label: columns('kind'), kind: 'text' },
      { label: columns('begins'), kind: 'moment' },
      { label: columns('ends'), kind: 'moment' },
    ],
    rows: charts.annotations.map(({ label, labelEn = '', kind, from, to }) => [
      nameOf({ name: label, nameEn: labelEn }),
      say(`sheets.kinds.${kind}`),
      from,
      to,
    ]),
  }
}
