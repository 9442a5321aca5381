import type { Sql } from '#db/client.ts'
import { CopyBuffer, type CopyText } from '#db/copy.ts'
import * as schema from '#db/schema/index.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { reportCode } from '#server/reports/rules/report-code.ts'
import { answerText, noteWords, type Said, searchRowOf } from '#server/reports/rules/search-text.ts'
import type { LivedReport } from './days.ts'

/** Id and code of a report in the database. `NumbersOf` returns them by its position within its day. */
export type Numbered = { id: number; code: string }
export type NumbersOf = (number: number) => Numbered

/**
 * Collects the rows of the city, to be copied into its tables. The tables number events and clocks in their order.
 */
export class CityWriter {
  #nextId: number
  readonly #reports = new CopyBuffer(schema.reports)
  readonly #reporters = new CopyBuffer(schema.reporters)
  readonly #search = new CopyBuffer(schema.reportSearch)
  readonly #clocks = new CopyBuffer(schema.reportClocks, { without: ['id'] })
  readonly #answers = new CopyBuffer(schema.reportAnswers)
  readonly #notes = new CopyBuffer(schema.reportNotes)
  readonly #messages = new CopyBuffer(schema.reportMessages)
  readonly #requests = new CopyBuffer(schema.reportRequests)
  readonly #photos = new CopyBuffer(schema.reportPhotos)
  readonly #proofs = new CopyBuffer(schema.answerPhotos)
  readonly #suggestions = new CopyBuffer(schema.incidentSuggestions)
  readonly #events = new CopyBuffer(schema.events, { without: ['id'] })
  /** The last number of each day's codes. */
  readonly #lastCodes: Map<LocalDay, number>

  /** `nextId` is that of the next report. */
  constructor(nextId: number, lastCodes: ReadonlyMap<LocalDay, number> = new Map()) {
    this.#nextId = nextId
    this.#lastCodes = new Map(lastCodes)
  }

  /** Adds all reports of a new day, numbered in the order of receipt. */
  addDay(day: LocalDay, reports: readonly LivedReport[]): void {
    const given = new Map(reports.map(({ number }) => [number, this.takeNumbers(day)]))
    for (const lived of reports) this.addNew(day, lived, (number) => given.get(number) as Numbered)
  }

  /** The numbers of the next report of a day. */
  takeNumbers(day: LocalDay): Numbered {
    const number = (this.#lastCodes.get(day) ?? 0) + 1
    this.#lastCodes.set(day, number)
    return { id: this.#nextId++, code: reportCode(day, number) }
  }

  addNew(day: LocalDay, lived: LivedReport, numbersOf: NumbersOf): void {
    const { life, reporter, suggestion } = lived
    const { id, code } = numbersOf(lived.number)
    this.#reports.add(rowOf(day, lived, numbersOf))
    if (reporter) this.#reporters.add({ reportId: id, ...reporter })
    if (suggestion)
      this.#suggestions.add({ ...suggestion, status: 'pending', reportId: id, suggestedAt: life.row.receivedAt })
    this.addEvents(lived, numbersOf, 0)
    this.addParts(lived, { id, code })
  }

  /** Adds the events from index `from` on; earlier ones are already in the log. */
  addEvents(lived: LivedReport, numbersOf: NumbersOf, from: number): void {
    const { id } = numbersOf(lived.number)
    for (const event of lived.life.events.slice(from)) {
      this.#events.add({ ...event, reportId: id, details: detailsOf(event, lived, numbersOf) })
    }
  }

  addParts({ life }: LivedReport, { id: reportId, code }: Numbered): void {
    this.#search.add({ reportId, ...searchRowOf({ address: '', ...life.row, code }, saidIn(life)) })
    for (const row of life.clockRows()) this.#clocks.add({ ...row, reportId })
    for (const row of life.answers) this.#answers.add({ ...row, reportId })
    for (const row of life.notes) this.#notes.add({ ...row, reportId, words: noteWords(row.body) })
    for (const row of life.messages) this.#messages.add({ ...row, reportId })
    for (const row of life.requests) this.#requests.add({ ...row, reportId })
    for (const row of life.photos) this.#photos.add({ ...row, reportId })
    for (const row of life.proofs) this.#proofs.add(row)
  }

  /** Returns the collected rows, parents before children. */
  take(): CopyText[] {
    const parts = [this.#clocks, this.#answers, this.#notes, this.#messages, this.#requests, this.#photos, this.#proofs]
    return [this.#reports, this.#reporters, this.#search, ...parts, this.#suggestions, this.#events].map((buffer) =>
      buffer.take(),
    )
  }

  /** The last number of each day, from which the desk continues. */
  get lastCodes(): ReadonlyMap<LocalDay, number> {
    return this.#lastCodes
  }
}

export async function writeCodes(sql: Sql, lastCodes: ReadonlyMap<LocalDay, number>): Promise<void> {
  const codes = sql.json(Object.fromEntries(lastCodes))
  await sql`insert into report_codes (day, last) select key::date, value::int from jsonb_each_text(${codes})
    on conflict (day) do update set last = greatest(report_codes.last, excluded.last)`
}

/** The texts by which search finds a report besides its own text. */
const saidIn = ({ answers, messages, photos }: LivedReport['life']): Said => ({
  answers: answers.filter(({ status }) => status === 'sent').map(answerText),
  messages: messages.map(({ body }) => body),
  photos: photos.flatMap(({ name }) => name ?? []),
})

/** The final row of a report. */
export function rowOf(
  day: LocalDay,
  { life, number, mergedInto, linkedTo }: LivedReport,
  numbersOf: NumbersOf,
): typeof schema.reports.$inferInsert {
  const { id, code } = numbersOf(number)
  return {
    ...life.row,
    id,
    code,
    sourceKey: sourceKeyOf(day, number),
    mergedIntoId: mergedInto === null ? null : numbersOf(mergedInto).id,
    linkedToId: linkedTo === null ? null : numbersOf(linkedTo).id,
  }
}

export const sourceKeyOf = (day: LocalDay, number: number): string => `${day}/${number}`

/** Adds the followed report to the details: only now both have their numbers. */
function detailsOf(
  { event, details }: LivedReport['life']['events'][number],
  { mergedInto, linkedTo }: LivedReport,
  numbersOf: NumbersOf,
) {
  if (event === 'report.merged' && mergedInto !== null) {
    const { id, code } = numbersOf(mergedInto)
    return { ...details, intoReportId: id, intoCode: code }
  }
  if (event === 'report.linked' && linkedTo !== null) {
    const { id, code } = numbersOf(linkedTo)
    return { ...details, toReportId: id, toCode: code }
  }
  if (event === 'report.answer_passed_on') {
    const { id, code } = numbersOf(Number(details?.fromNumber))
    return { answerId: details?.answerId, fromReportId: id, fromCode: code }
  }
  return details
}
