import { finished } from 'node:stream/promises'
import { getTableColumns } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import type { Sql } from '#db/client.ts'

type Field = { key: string; write: (value: unknown) => string }

/** Rows in COPY format, with their statement. */
export type CopyText = { statement: string; bytes: Uint8Array<ArrayBuffer> }

type Options = {
  /** Another table of the same columns. */
  into?: string
  /** Columns left to their defaults. */
  without?: readonly string[]
}

/** Rows of one table to be inserted by COPY: buffered as text until they are sent. */
export class CopyBuffer<Table extends PgTable> {
  readonly #statement: string
  readonly #fields: Field[]
  #lines: string[] = []

  constructor(table: Table, { into = getTableConfig(table).name, without = [] }: Options = {}) {
    const columns = Object.entries(getTableColumns(table)).filter(
      ([key, column]) => !column.generated && !without.includes(key),
    )
    this.#fields = columns.map(([key, { columnType }]) => ({ key, write: writerOf(columnType) }))
    const names = columns.map(([, { name }]) => `"${name}"`)
    this.#statement = `copy "${into}" (${names.join(', ')}) from stdin`
  }

  /** Missing columns become null, because COPY does not apply defaults to listed columns. */
  add(row: Table['$inferInsert']): void {
    const values = row as Record<string, unknown>
    let line = ''
    for (const { key, write } of this.#fields) {
      const value = values[key]
      line += `${value === null || value === undefined ? '\\N' : write(value)}\t`
    }
    this.#lines.push(line.slice(0, -1))
  }

  get rows(): number {
    return this.#lines.length
  }

  /** Returns the buffered rows as text and empties the buffer. */
  take(): CopyText {
    const text = this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`
    this.#lines = []
    return { statement: this.#statement, bytes: new TextEncoder().encode(text) }
  }

  async send(sql: Sql): Promise<void> {
    await copyInto(sql, this.take())
  }
}

/** Copies rows into their table; fails with the server's error if they are refused. */
export async function copyInto(sql: Sql, { statement, bytes }: CopyText): Promise<void> {
  if (bytes.byteLength === 0) return
  const { query, refused } = heard(sql.unsafe(statement))
  const stream = await query.writable()
  stream.end(bytes)
  await Promise.race([finished(stream), refused])
}

/**
 * The driver settles a COPY as soon as the server is ready for rows, and loses later errors of the server: the stream
 * of a refused COPY would never finish. This catches the error.
 */
function heard<Query extends object>(query: Query): { query: Query; refused: Promise<never> } {
  const rejecting = query as Query & { reject: (error: Error) => void }
  const settle = rejecting.reject
  const refused = new Promise<never>((_, reject) => {
    rejecting.reject = (error) => {
      settle(error)
      reject(error)
    }
  })
  refused.catch(() => undefined)
  return { query, refused }
}

const escaped: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const special = /[\\\n\r\t]/
const escapeSigns = (text: string): string =>
  special.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => escaped[sign] as string) : text

function writerOf(columnType: string): (value: unknown) => string {
  if (columnType === 'PgJsonb') return (value) => escapeSigns(JSON.stringify(value))
  if (columnType === 'PgArray')
    return (value) => escapeSigns(`{${(value as string[]).map((item) => JSON.stringify(item)).join(',')}}`)
  return (value) => {
    if (value instanceof Date) return value.toISOString()
    return typeof value === 'string' ? escapeSigns(value) : String(value)
  }
}
