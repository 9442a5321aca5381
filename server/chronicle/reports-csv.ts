import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import { timeZone } from '#messages/locales.ts'
import { byteOrderMark, csvLines } from '#server/platform/csv.ts'
import type { ExportedReport } from './queries/exported-reports.ts'

const moment = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })

/** The reports as a table in the reader's language. */
export function reportsCsv(rows: readonly ExportedReport[], locale: Locale): string {
  const messages = messagesOf(locale)
  const columns = createTranslator({ locale, messages, namespace: 'incidents.export' })
  const subTypes = createTranslator({ locale, messages, namespace: 'matching.subTypes' })
  const words = createTranslator({ locale, messages, namespace: 'reports' })
  const at = (instant: Date | null) => (instant === null ? '' : moment.format(instant))
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
    at(row.receivedAt),
    at(row.occurredAt),
    at(row.answeredAt),
    row.lon,
    row.lat,
  ])
  return byteOrderMark + csvLines([header, ...lines])
}
