import { once } from 'node:events'
import { getTableColumns } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import type { Sql } from '#db/client.ts'

type Field = { key: string; name: string; write: (value: unknown) => string }

/** Rows of one table on their way into it by COPY: kept as text until they are sent. */
export class CopyBuffer<Row extends object> {
  readonly #statement: string
  readonly #fields: Field[]
  #lines: string[] = []

  constructor(table: PgTable, omitted: readonly string[] = []) {
    const { name } = getTableConfig(table)
    this.#fields = Object.entries(getTableColumns(table))
      .filter(([key, column]) => !omitted.includes(key) && !column.generated)
      .map(([key, column]) => ({ key, name: column.name, write: writerOf(column.columnType) }))
    const columns = this.#fields.map((field) => `"${field.name}"`).join(', ')
    this.#statement = `copy "${name}" (${columns}) from stdin`
  }

  /** Fields that the row leaves out have to have no default: COPY writes them as null. */
  add(row: Row): void {
    const values = row as Record<string, unknown>
    let line = ''
    for (const { key, write } of this.#fields) {
      if (line !== '' || key !== this.#fields[0]?.key) line += '\t'
      const value = values[key]
      line += value === null || value === undefined ? '\\N' : write(value)
    }
    this.#lines.push(line)
  }

  get rows(): number {
    return this.#lines.length
  }

  async send(sql: Sql): Promise<void> {
    if (this.#lines.length === 0) return
    const text = `${this.#lines.join('\n')}\n`
    this.#lines = []
    const stream = await sql.unsafe(this.#statement).writable()
    const finished = once(stream, 'finish')
    stream.end(text)
    await finished
  }
}

const escaped: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const special = /[\\\n\r\t]/
const escape = (text: string): string =>
  special.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => escaped[sign] as string) : text

function writerOf(columnType: string): (value: unknown) => string {
  if (columnType === 'PgJsonb') return (value) => escape(JSON.stringify(value))
  if (columnType === 'PgArray')
    return (value) => escape(`{${(value as string[]).map((item) => JSON.stringify(item)).join(',')}}`)
  return (value) => {
    if (value instanceof Date) return value.toISOString()
    return typeof value === 'string' ? escape(value) : String(value)
  }
}
