import type { AfterAction } from '#server/after-action/queries/after-action.ts'
import type { ExportedReport } from '#server/after-action/queries/exported-reports.ts'
import { reportsSheet } from '#server/after-action/reports-csv.ts'
import { type Sheet, sheetZone, textSheet } from '#server/platform/rules/sheet.ts'
import type { Say, WeeklyLocale } from '../rules/weekly-words.ts'
import type { AfterWords } from './after-words.ts'

/** The after-action page of an incident as tables; its reports are the last. */
export function afterSheets(
  came: AfterAction,
  reports: readonly ExportedReport[],
  words: AfterWords,
  say: Say,
  locale: WeeklyLocale,
): Sheet[] {
  const after = (key: string) => say(`incidents.after.${key}`)
  return [
    {
      name: words.figures.title,
      columns: [
        { label: say('weekly.columns.kpi'), kind: 'text' },
        { label: say('weekly.sheets.value'), kind: 'count' },
        { label: say('weekly.sheets.words'), kind: 'text' },
      ],
      rows: words.figures.rows.map(({ label, figure, value, note }) => [
        label,
        figure,
        [String(figure) === value ? null : value, note].filter(Boolean).join('; ') || null,
      ]),
    },
    {
      name: after('breakdown'),
      columns: [
        { label: after('area'), kind: 'text' },
        { label: say('mailings.after.kind'), kind: 'text' },
        { label: after('reports'), kind: 'count' },
        { label: after('open'), kind: 'count' },
      ],
      rows: came.breakdown.map(({ area, subType, reports: count, open }) => [
        area ?? after('noArea'),
        say(`matching.subTypes.${subType}`),
        count,
        open,
      ]),
    },
    {
      name: after('hours'),
      columns: [
        { label: after('hour'), kind: 'moment' },
        { label: after('received'), kind: 'count' },
        { label: after('answered'), kind: 'count' },
      ],
      rows: came.hours.map(({ at, received, closed }) => [at, received, closed]),
    },
    textSheet(
      say('weekly.sheets.about'),
      [say('weekly.sheets.matter'), say('weekly.sheets.words')],
      [
        [words.title, words.span],
        [say('weekly.sheets.zone'), sheetZone],
        [say('weekly.sheets.source'), words.note],
      ],
    ),
    reportsSheet(reports, locale),
  ]
}
