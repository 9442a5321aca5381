import { is, Param, Placeholder } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import type { Connection, Database } from './client.ts'
import { clientOf } from './prepared.ts'

type Values = Readonly<Record<string, unknown>>
type Buildable<Result> = { prepare(name: string): { execute(): Promise<Result> } }
type Built = { params: readonly unknown[]; execute(): Promise<unknown> }

/** Builds statements and sends none. */
const drawingBoard = drizzle.mock()

/**
 * A statement whose text never changes, put together at its first use and then only filled in: its values stand as
 * `sql.placeholder(name)`. Putting it together anew costs the process more than sending it and reading the answer.
 * Statements that are not awaited in between go off in the order of their calls, together.
 */
export function builtOnce<Result>(build: (db: Database) => Buildable<Result>) {
  let built: Built | undefined
  return async (db: Connection, values: Values = {}): Promise<Result> => {
    built ??= build(drawingBoard as unknown as Database).prepare('built once') as unknown as Built
    const params = built.params.map((param) => filled(param, values))
    // Only the connection and the values are other ones: the rest is read from the statement that was built.
    const filledIn: Built = Object.assign(Object.create(built), { client: clientOf(db), params })
    return filledIn.execute() as Promise<Result>
  }
}

function filled(param: unknown, values: Values): unknown {
  if (is(param, Placeholder)) return given(param, values)
  if (!is(param, Param) || !is(param.value, Placeholder)) return param
  const value = given(param.value, values)
  return value === null ? null : param.encoder.mapToDriverValue(value)
}

function given({ name }: Placeholder, values: Values): unknown {
  const value = values[name]
  if (value === undefined) throw new Error(`nothing was given for ${name}`)
  return value
}
