import type { Sql } from '#db/client.ts'
import * as schema from '#db/schema/index.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { reportCode } from '#server/reports/rules/report-code.ts'
import { searchRowOf } from '#server/reports/rules/search-text.ts'
import { CopyBuffer } from './copy.ts'
import type { LivedReport } from './days.ts'

type Ids = { report: number; event: number; clock: number }

/** Numbers the reports of a day and gathers their rows; `send` copies what has gathered into the tables. */
export class CityWriter {
  readonly #ids: Ids
  readonly #reports = new CopyBuffer<typeof schema.reports.$inferInsert>(schema.reports)
  readonly #events = new CopyBuffer<typeof schema.events.$inferInsert>(schema.events)
  readonly #clocks = new CopyBuffer<typeof schema.reportClocks.$inferInsert>(schema.reportClocks)
  readonly #answers = new CopyBuffer<typeof schema.reportAnswers.$inferInsert>(schema.reportAnswers)
  readonly #notes = new CopyBuffer<typeof schema.reportNotes.$inferInsert>(schema.reportNotes)
  readonly #messages = new CopyBuffer<typeof schema.reportMessages.$inferInsert>(schema.reportMessages)
  readonly #requests = new CopyBuffer<typeof schema.reportRequests.$inferInsert>(schema.reportRequests)
  readonly #photos = new CopyBuffer<typeof schema.reportPhotos.$inferInsert>(schema.reportPhotos)
  readonly #reporters = new CopyBuffer<typeof schema.reporters.$inferInsert>(schema.reporters)
  readonly #search = new CopyBuffer<typeof schema.reportSearch.$inferInsert>(schema.reportSearch)
  readonly #codes = new Map<LocalDay, number>()

  constructor(next: Ids) {
    this.#ids = { ...next }
  }

  get gathered(): number {
    return this.#reports.rows
  }

  /** Every report of a day that nobody has seen yet, numbered in the order of receipt. */
  addDay(day: LocalDay, reports: readonly LivedReport[]): void {
    const ids = new Map(reports.map((lived) => [lived.number, this.takeId()] as const))
    const idOf = (number: number) => ids.get(number) as number
    for (const lived of reports) this.addNew(day, lived, idOf)
  }

  addNew(day: LocalDay, lived: LivedReport, idOf: (number: number) => number): void {
    const id = idOf(lived.number)
    const code = reportCode(day, lived.number)
    const { life, reporter } = lived
    this.#codes.set(day, Math.max(this.#codes.get(day) ?? 0, lived.number))
    this.#reports.add(rowOf(day, lived, id, idOf))
    if (reporter) this.#reporters.add({ reportId: id, ...reporter })
    this.#search.add({
      reportId: id,
      ...searchRowOf({ code, title: life.row.title, body: life.row.body, address: life.row.address ?? '' }),
    })
    this.addEvents(day, lived, id, idOf)
    this.addParts(lived, id)
  }

  /** The events after an hour, all where none is given. */
  addEvents(day: LocalDay, lived: LivedReport, id: number, idOf: (number: number) => number, after?: Date): void {
    for (const event of lived.life.events) {
      if (after && event.at <= after) continue
      const details =
        event.event === 'report.merged' && lived.mergedInto !== null
          ? {
              ...event.details,
              intoReportId: idOf(lived.mergedInto + 1),
              intoCode: reportCode(day, lived.mergedInto + 1),
            }
          : event.details
      this.#events.add({ ...event, id: this.#ids.event++, reportId: id, details })
    }
  }

  addParts({ life }: LivedReport, id: number): void {
    for (const row of life.clockRows()) this.#clocks.add({ ...row, id: this.#ids.clock++, reportId: id })
    for (const row of life.answers) this.#answers.add({ ...row, reportId: id })
    for (const row of life.notes) this.#notes.add({ ...row, reportId: id })
    for (const row of life.messages) this.#messages.add({ ...row, reportId: id })
    for (const row of life.requests) this.#requests.add({ ...row, reportId: id })
    for (const row of life.photos) this.#photos.add({ ...row, reportId: id })
  }

  takeId(): number {
    return this.#ids.report++
  }

  /** Copies what has gathered; parents before children. */
  async send(sql: Sql): Promise<void> {
    for (const buffer of [
      this.#reports,
      this.#reporters,
      this.#search,
      this.#clocks,
      this.#answers,
      this.#notes,
      this.#messages,
      this.#requests,
      this.#photos,
      this.#events,
    ]) {
      await buffer.send(sql)
    }
    for (const [day, last] of this.#codes) {
      await sql`insert into report_codes (day, last) values (${day}, ${last})
        on conflict (day) do update set last = greatest(report_codes.last, excluded.last)`
    }
    this.#codes.clear()
  }
}

/** The row of a report as its life left it. */
export function rowOf(
  day: LocalDay,
  { life, number, mergedInto }: LivedReport,
  id: number,
  idOf: (number: number) => number,
): typeof schema.reports.$inferInsert {
  return {
    ...life.row,
    id,
    code: reportCode(day, number),
    sourceKey: `${day}/${number}`,
    mergedIntoId: mergedInto === null ? null : idOf(mergedInto + 1),
    photoCount: life.photos.filter((photo) => photo.kind === 'citizen').length,
  }
}
