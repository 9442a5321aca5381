import type { CellKind } from '#server/platform/rules/sheet.ts'
import type { Queue } from './queue.ts'
import { queueParameters } from './queue-address.ts'

/** The columns of a table of reports, in their order, and whether they are included by default. */
const columnRules = {
  code: { kind: 'text', usual: true },
  title: { kind: 'text', usual: true },
  body: { kind: 'text' },
  category: { kind: 'text', usual: true },
  categoryCode: { kind: 'text' },
  area: { kind: 'text', usual: true },
  address: { kind: 'text', usual: true },
  lon: { kind: 'text' },
  lat: { kind: 'text' },
  state: { kind: 'text', usual: true },
  severity: { kind: 'text', usual: true },
  channel: { kind: 'text' },
  agency: { kind: 'text', usual: true },
  assignee: { kind: 'text' },
  incident: { kind: 'text' },
  tags: { kind: 'text' },
  receivedAt: { kind: 'moment', usual: true },
  occurredAt: { kind: 'moment' },
  dueAt: { kind: 'moment', usual: true },
  answeredAt: { kind: 'moment', usual: true },
  closedAt: { kind: 'moment' },
  rejectReason: { kind: 'text' },
  rating: { kind: 'text' },
  merged: { kind: 'count' },
  citizens: { kind: 'count' },
  transfers: { kind: 'count' },
  returns: { kind: 'count' },
  reopens: { kind: 'count' },
  photos: { kind: 'count' },
  // The reporter: shown only to those who may reveal reporters, and with a reason.
  reporterName: { kind: 'text', isPersonal: true },
  reporterPhone: { kind: 'text', isPersonal: true },
  reporterEmail: { kind: 'text', isPersonal: true },
  reporterAddress: { kind: 'text', isPersonal: true },
} as const satisfies Record<string, { kind: CellKind; usual?: true; isPersonal?: true }>

export type CaseColumn = keyof typeof columnRules
const rules: Record<CaseColumn, { kind: CellKind; usual?: true; isPersonal?: true }> = columnRules

export const caseColumns = Object.keys(columnRules) as CaseColumn[]
export const usualColumns: readonly CaseColumn[] = caseColumns.filter((column) => rules[column].usual)
export const isPersonal = (column: CaseColumn): boolean => rules[column].isPersonal === true
export const kindOf = (column: CaseColumn): CellKind => rules[column].kind

/** A workbook is built in memory; CSV has no limit. */
export const mostInWorkbook = 10_000

export const caseFormats = ['csv', 'xlsx'] as const
export type CaseFormat = (typeof caseFormats)[number]

export const caseExportPath = '/api/reports/export'

export type CaseExport = {
  columns: readonly CaseColumn[]
  format: CaseFormat
  /** The reason for exporting personal data; empty where there is none. */
  reason: string
}

/** The parameters of the list's address, and those of its table. `ids`: only these reports of the list. */
export function caseExportForm(
  queue: Queue,
  { columns, format, reason }: CaseExport,
  { locale, ids }: { locale: string; ids: readonly number[] | null },
): URLSearchParams {
  const parameters = queueParameters(queue)
  parameters.set('columns', columns.join(','))
  parameters.set('format', format)
  if (reason !== '') parameters.set('reason', reason)
  parameters.set('locale', locale)
  if (ids) parameters.set('ids', ids.join(','))
  return parameters
}

/** Null where the form asks for an unknown column or format: a table must not silently lose a part. */
export function parseCaseExport(parameters: URLSearchParams): CaseExport | null {
  const names = (parameters.get('columns') ?? usualColumns.join(',')).split(',')
  const columns = caseColumns.filter((column) => names.includes(column))
  const format = caseFormats.find((each) => each === parameters.get('format'))
  if (!format || columns.length === 0 || columns.length !== new Set(names).size) return null
  return { columns, format, reason: (parameters.get('reason') ?? '').trim() }
}
