import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import type { Sheet, SheetCell } from '#server/platform/rules/sheet.ts'
import type { CaseNames, CaseRow } from './queries/exported-cases.ts'
import { type CaseColumn, kindOf } from './rules/case-export.ts'
import { channels, reportStates, severities } from './rules/lifecycle.ts'
import { revealing } from './rules/revealing.ts'

type Asked = { columns: readonly CaseColumn[]; locale: Locale; actor: Actor; names: CaseNames }

/** Reports as rows of a table in the reader's language, with the requested columns. */
export function caseTable({ columns, locale, actor, names }: Asked) {
  const messages = messagesOf(locale)
  const heads = createTranslator({ locale, messages, namespace: 'reports.export.columns' })
  const words = createTranslator({ locale, messages, namespace: 'reports' })
  // Translated once: a list may have a million rows.
  const head = columns.map((column) => ({ label: heads(column), kind: kindOf(column) }))
  const wordsOf = <Value extends string>(values: readonly Value[], wordOf: (value: Value) => string) =>
    Object.fromEntries(values.map((value) => [value, wordOf(value)])) as Record<Value, string>
  const states = wordsOf(reportStates, (state) => words(`states.${state}`))
  const severityWords = wordsOf(severities, (severity) => words(`severities.${severity}`))
  const channelWords = wordsOf(channels, (channel) => words(`channels.${channel}`))
  const mayReveal = revealing(actor)

  const categoryOf = (code: string) => {
    const category = names.categories.get(code)
    return category ? (locale === 'en' ? category.nameEn : category.name) : code
  }
  /** Those who may not reveal the reporter on the page of a report do not see the reporter in a table either. */
  const reporterOf = (row: CaseRow, part: 0 | 1 | 2 | 3) =>
    row.reporter && mayReveal(row.agency_id) ? row.reporter[part] : null

  const cells: Record<CaseColumn, (row: CaseRow) => SheetCell> = {
    code: (row) => row.code,
    title: (row) => row.title,
    body: (row) => row.body,
    category: (row) => categoryOf(row.category_code),
    categoryCode: (row) => row.category_code,
    area: (row) => nameIn(names.areas, row.area_id),
    address: (row) => row.address,
    lon: (row) => row.lon,
    lat: (row) => row.lat,
    state: (row) => states[row.state],
    severity: (row) => severityWords[row.severity],
    channel: (row) => channelWords[row.channel],
    agency: (row) => nameIn(names.agencies, row.agency_id),
    assignee: (row) => nameIn(names.accounts, row.assignee_id),
    incident: (row) => {
      const incident = row.incident_id === null ? undefined : names.incidents.get(row.incident_id)
      return incident ? (locale === 'en' && incident.nameEn) || incident.name : null
    },
    tags: (row) => row.tags.join(', '),
    receivedAt: (row) => row.received_at,
    occurredAt: (row) => row.occurred_at,
    dueAt: (row) => row.due_at,
    answeredAt: (row) => row.answered_at,
    closedAt: (row) => row.closed_at,
    rejectReason: (row) => row.reject_reason && words(`rejectReasons.${row.reject_reason}`),
    rating: (row) => row.rating && words(`ratings.${row.rating}`),
    merged: (row) => row.merged_count,
    // The reporter of a merged report is counted once, with the canonical report.
    citizens: (row) => (row.state === 'merged' ? 0 : 1 + row.merged_count + row.linked_count),
    transfers: (row) => row.transfer_count,
    returns: (row) => row.return_count,
    reopens: (row) => row.reopen_count,
    photos: (row) => row.photo_count,
    reporterName: (row) => reporterOf(row, 0),
    reporterPhone: (row) => reporterOf(row, 1),
    reporterEmail: (row) => reporterOf(row, 2),
    reporterAddress: (row) => reporterOf(row, 3),
  }
  return (rows: readonly CaseRow[]): Sheet => ({
    name: words('export.tab'),
    columns: head,
    rows: rows.map((row) => columns.map((column) => cells[column](row))),
  })
}

const nameIn = <Id>(names: ReadonlyMap<Id, string>, id: Id | null): string | null =>
  id === null ? null : (names.get(id) ?? null)
