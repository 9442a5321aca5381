import { type Sheet, sheetZone, textSheet } from '#server/platform/rules/sheet.ts'
import { type Weekly, weeklyKpis } from '../rules/weekly.ts'
import type { Say, WeeklyWords } from '../rules/weekly-words.ts'

/** The report as tables: the figures with numerator and denominator, every agency, and the sentences of the text. */
export function weeklySheets(weekly: Weekly, words: WeeklyWords, say: Say): Sheet[] {
  const label = (key: string) => say(`weekly.sheets.${key}`)
  const said = [label('matter'), label('words')]
  return [
    {
      name: label('figures'),
      columns: [
        { label: say('weekly.columns.kpi'), kind: 'text' },
        { label: words.columns.now, kind: 'count' },
        { label: words.columns.before, kind: 'count' },
        { label: label('numerator'), kind: 'count' },
        { label: label('denominator'), kind: 'count' },
        { label: label('verdict'), kind: 'text' },
        { label: say('weekly.columns.target'), kind: 'count' },
        { label: say('sheets.columns.judgedValue'), kind: 'count' },
        { label: say('sheets.columns.judgedOf'), kind: 'count' },
        { label: say('sheets.columns.standing'), kind: 'text' },
        { label: say('insights.measures.matured'), kind: 'count' },
        { label: say('insights.measures.matured_handled'), kind: 'count' },
        { label: say('insights.measures.unmatured'), kind: 'count' },
      ],
      rows: weeklyKpis.map((id, place) => {
        const { value, previous, numerator, denominator, judged, unit, matured } = weekly.figures[id]
        const typed = (cell: number | null) => ({ value: cell, kind: unit === 'share' ? 'share' : 'count' }) as const
        const { name, change } = words.figures[place] ?? { name: id }
        const said = change?.said || null
        const compared = judged?.compared ?? null
        const ofMatured = [matured?.of ?? null, matured?.handled ?? null, matured?.notYet ?? null]
        const before = typed(previous?.value ?? null)
        return [
          ...[name, typed(value), before, numerator, denominator, said],
          ...[typed(judged?.target ?? null), typed(compared?.value ?? null), compared?.n ?? null],
          compared && say(`sheets.standings.${compared.standing}`),
          ...ofMatured,
        ]
      }),
    },
    {
      name: label('agencies'),
      columns: [
        { label: say('weekly.columns.agency'), kind: 'text' },
        { label: label('received'), kind: 'count' },
        { label: label('due'), kind: 'count' },
        { label: label('kept'), kind: 'count' },
        { label: say('weekly.columns.onTime'), kind: 'share' },
        { label: label('open'), kind: 'count' },
        { label: say('weekly.columns.overdue'), kind: 'count' },
        { label: say('board.caseMix.observed'), kind: 'count' },
        { label: say('board.caseMix.expected'), kind: 'decimal' },
        { label: say('board.caseMix.standing'), kind: 'text' },
      ],
      rows: weekly.agencies.rows.map(({ id, name, received, due, kept, open, overdue }) => [
        id === null ? say('board.agencies.none') : name,
        received,
        due,
        kept,
        due === 0 ? null : kept / due,
        open,
        overdue,
        ...mixCells(weekly, id, say),
      ]),
    },
    textSheet(
      label('points'),
      said,
      words.points.map(({ head, text }) => [head, text]),
    ),
    textSheet(label('about'), said, [
      [words.title, `${words.whose}. ${words.period}`],
      [label('source'), words.extract],
      [label('zone'), sheetZone],
      ...words.sources.map((sentence) => [label('source'), sentence]),
    ]),
  ]
}

/** What the agency missed of what is compared, what was expected of the same mix, and what is said of it. */
function mixCells({ agencies }: Weekly, id: string | null, say: Say): (number | string | null)[] {
  const mix = agencies.mix?.agencies.find((each) => each.id === id)
  if (!mix) return [null, null, null]
  return [mix.covered.missed, Math.round(mix.expected * 10) / 10, say(`board.caseMix.standings.${mix.standing}`)]
}
