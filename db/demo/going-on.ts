import { getTableColumns } from 'drizzle-orm'
import type { Sql } from '#db/client.ts'
import { CopyBuffer } from '#db/copy.ts'
import * as schema from '#db/schema/index.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { LivedReport } from './days.ts'
import { type CityWriter, type NumbersOf, rowOf } from './writer.ts'

const continued = 'continued_reports'

/** The tables of a report's parts, which are rewritten when it continues; references to answers come before them. */
const parts = [
  'report_requests',
  'report_photos',
  'report_clocks',
  'report_answers',
  'report_notes',
  'report_messages',
  'report_search',
]

/** The reports of the city that continue. Their rows and parts are rewritten; the log is only appended to. */
export class GoingOn {
  readonly #writer: CityWriter
  readonly #rows = new CopyBuffer(schema.reports, { into: continued })
  readonly #ids: number[] = []

  constructor(writer: CityWriter) {
    this.#writer = writer
  }

  /** Adds a report that is in the state `earlier`, unless nothing has happened to it since. */
  add(day: LocalDay, now: LivedReport, earlier: LivedReport, numbersOf: NumbersOf): void {
    const followers = ({ life: { row } }: LivedReport) => (row.mergedCount ?? 0) + (row.linkedCount ?? 0)
    if (now.life.events.length <= earlier.life.events.length && followers(now) === followers(earlier)) return
    const numbered = numbersOf(now.number)
    this.#ids.push(numbered.id)
    this.#rows.add(rowOf(day, now, numbersOf))
    this.#writer.addEvents(now, numbersOf, earlier.life.events.length)
    this.#writer.addParts(now, numbered)
  }

  async removeParts(sql: Sql): Promise<void> {
    const ids = this.#ids.join(' ')
    await sql`delete from answer_photos where answer_id in (
      select id from report_answers where report_id = any(string_to_array(${ids}, ' ')::bigint[]))`
    for (const table of parts) {
      await sql`delete from ${sql(table)} where report_id = any(string_to_array(${ids}, ' ')::bigint[])`
    }
  }

  async updateRows(sql: Sql): Promise<void> {
    const columns = Object.values(getTableColumns(schema.reports))
      .filter((column) => !column.generated)
      .map(({ name }) => name)
    const changing = columns.filter((name) => name !== 'id')
    const assignments = changing.map((name) => `"${name}" = ${continued}."${name}"`).join(', ')
    await sql`create temporary table ${sql(continued)} on commit drop as select ${sql(columns)} from reports with no data`
    await this.#rows.send(sql)
    await sql.unsafe(`update reports set ${assignments} from ${continued} where reports.id = ${continued}.id`)
  }
}
