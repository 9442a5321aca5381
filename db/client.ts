import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { databaseLimits } from '#server/platform/rules/limits.ts'
import { closeKept } from './kept.ts'
import { behindDoor, PoolDoor } from './pool-door.ts'
import { withPreparedTransactions } from './transactions.ts'

export type Sql = postgres.Sql<{ bigint: number }>
export type Database = PostgresJsDatabase
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
/** Either of them: for reads that work inside and outside a transaction. */
export type Connection = Database | Transaction

/** Called with every statement that is sent: the bench replays them. */
type Recorder = (text: string, values: unknown[]) => void

export type DatabaseClient = { db: Database; sql: Sql; close(): Promise<void> }

/** The application name of this process's connections on the server. */
export const connectionName = `ihanoi-desk ${process.pid}`

/** Time-outs: of a statement, of an idle transaction, of connecting, and of waiting for a free connection. */
type TimeLimits = { statementSeconds: number; idleSeconds: number; connectSeconds: number; waitSeconds: number }

type Options = { max?: number; record?: Recorder; timeLimits?: TimeLimits }

export function connect(url: string, options: Options = {}): DatabaseClient {
  const max = options.max ?? Number(process.env.DATABASE_POOL_SIZE ?? 20)
  const sql = postgres(url, {
    max,
    ...(options.timeLimits && { connect_timeout: options.timeLimits.connectSeconds }),
    onnotice: () => undefined,
    debug: options.record && ((_, text, values) => options.record?.(text, values)),
    // A statement of the desk is done before parallel workers would have started. As texts: the driver leaves out what
    // is false or 0.
    connection: {
      application_name: connectionName,
      jit: 'off',
      max_parallel_workers_per_gather: '0',
      TimeZone: 'UTC',
      ...(options.timeLimits && {
        statement_timeout: options.timeLimits.statementSeconds * 1000,
        idle_in_transaction_session_timeout: options.timeLimits.idleSeconds * 1000,
      }),
    },
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  })
  let isClosed = false
  const door = options.timeLimits && new PoolDoor(max, options.timeLimits)
  const client = withPreparedTransactions(sql, door, () => isClosed)
  // Without the tables: Drizzle would build a query object for each of them in every transaction, which we do not
  // use.
  const db = drizzle(door ? behindDoor(client, door) : client)
  restoreConversions(sql)
  const close = () => {
    isClosed = true
    closeKept(sql)
    return sql.end({ timeout: 5 })
  }
  return { db, sql, close }
}

/**
 * Drizzle disables the type conversions of its client. Its own columns accept converted values, and SQL templates need
 * them: an instant is read and written as a `Date`, JSON as an object. Dates without a time stay strings.
 */
function restoreConversions(sql: Sql): void {
  const { parsers, serializers } = sql.options as unknown as Conversions
  // A Date cannot represent 'infinity': it stays a string.
  parsers[1184] = (text) => (text.endsWith('infinity') ? text : new Date(text))
  for (const instant of [1184, 1114, 1082]) {
    serializers[instant] = (value) => (value instanceof Date ? value.toISOString() : value)
  }
  for (const json of [114, 3802]) {
    serializers[json] = (value) => (typeof value === 'string' ? value : JSON.stringify(value))
  }
}

type Conversions = {
  parsers: Record<number, (text: string) => unknown>
  serializers: Record<number, (value: unknown) => unknown>
}

/** Next bundles its own copy of this module: the pool is shared through the process. */
const shared = globalThis as { ihanoiDeskDatabase?: DatabaseClient }

function client(): DatabaseClient {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set')
  shared.ihanoiDeskDatabase ??= connect(url, { timeLimits: databaseLimits.pages })
  return shared.ihanoiDeskDatabase
}

/** The pool of this process, opened at its first use. */
export const db: Database = openedAtFirstUse(() => client().db)
export const sql: Sql = openedAtFirstUse(() => client().sql)

/** A pool for background jobs, with `max` connections. */
export function connectForJobs(max: number): DatabaseClient {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set')
  return connect(url, { max, timeLimits: databaseLimits.jobs })
}

/** Closes the pool of this process, if it was ever opened. */
export async function closeDatabase(): Promise<void> {
  const open = shared.ihanoiDeskDatabase
  shared.ihanoiDeskDatabase = undefined
  await open?.close()
}

function openedAtFirstUse<T extends object>(open: () => T): T {
  return new Proxy((() => undefined) as unknown as T, {
    apply: (_, __, values) => Reflect.apply(open() as unknown as (...values: unknown[]) => unknown, undefined, values),
    get: (_, key) => Reflect.get(open(), key),
    has: (_, key) => Reflect.has(open(), key),
    getPrototypeOf: () => Reflect.getPrototypeOf(open()),
  })
}
