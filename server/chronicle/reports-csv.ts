import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import { timeZone } from '#messages/locales.ts'
import { byteOrderMark, csvLines } from '#server/platform/csv.ts'
import type { SheetCell } from '#server/platform/rules/sheet.ts'
import type { ExportedReport } from './queries/exported-reports.ts'

const moment = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })

/** The reports as a file of their own. */
export function reportsCsv(rows: readonly ExportedReport[], locale: Locale): string {
  const { header, lines } = reportsTable(rows, locale)
  const written = lines.map((line) =>
    line.map((cell) => (cell instanceof Date ? moment.format(cell) : cell === null ? '' : cell)),
  )
  return byteOrderMark + csvLines([header, ...written])
}

/** The reports as a table in the reader's language. */
export function reportsTable(
  rows: readonly ExportedReport[],
  locale: Locale,
): { header: string[]; lines: SheetCell[][] } {
  const messages = messagesOf(locale)
  const columns = createTranslator({ locale, messages, namespace: 'incidents.export' })
  const subTypes = createTranslator({ locale, messages, namespace: 'matching.subTypes' })
  const words = createTranslator({ locale, messages, namespace: 'reports' })
  const header = [
    columns('code'),
    columns('title'),
    columns('subType'),
    columns('category'),
    columns('area'),
    columns('address'),
    columns('agency'),
    columns('severity'),
    columns('state'),
    columns('mergedInto'),
    columns('receivedAt'),
    columns('occurredAt'),
    columns('answeredAt'),
    columns('lon'),
    columns('lat'),
  ]
  const lines = rows.map((row) => [
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
  ])
  return { header, lines }
}
