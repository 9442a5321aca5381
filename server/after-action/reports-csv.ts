import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import type { Sheet } from '#server/platform/rules/sheet.ts'
import { csvOfSheet } from '#server/platform/sheets.ts'
import type { ExportedReport } from './queries/exported-reports.ts'

const exported = [
  'code',
  'title',
  'subType',
  'category',
  'area',
  'address',
  'agency',
  'severity',
  'state',
  'mergedInto',
  'receivedAt',
  'occurredAt',
  'answeredAt',
  'lon',
  'lat',
] as const

const isMoment = (column: (typeof exported)[number]): boolean => column.endsWith('At')

/** The reports as a separate file, its moments to the minute. */
export const reportsCsv = (rows: readonly ExportedReport[], locale: Locale): string =>
  csvOfSheet(reportsSheet(rows, locale, 'minute'))

/** The reports as a table in the reader's language. */
export function reportsSheet(
  rows: readonly ExportedReport[],
  locale: Locale,
  moments: 'moment' | 'minute' = 'moment',
): Sheet {
  const messages = messagesOf(locale)
  const after = createTranslator({ locale, messages, namespace: 'incidents.after' })
  const columns = createTranslator({ locale, messages, namespace: 'incidents.export' })
  const subTypes = createTranslator({ locale, messages, namespace: 'matching.subTypes' })
  const words = createTranslator({ locale, messages, namespace: 'reports' })
  return {
    name: after('reports'),
    columns: exported.map((column) => ({ label: columns(column), kind: isMoment(column) ? moments : 'text' })),
    rows: rows.map((row) => [
      row.code,
      row.title,
      subTypes(row.subType),
      locale === 'en' ? row.categoryEn : row.category,
      row.area,
      row.address,
      row.agency,
      words(`severities.${row.severity}`),
      words(`states.${row.state}`),
      row.mergedInto,
      row.receivedAt,
      row.occurredAt,
      row.answeredAt,
      row.lon,
      row.lat,
    ]),
  }
}
