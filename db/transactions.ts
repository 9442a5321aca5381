import type { Connection, Sql } from './client.ts'
import { HeldConnection } from './held-connection.ts'
import type { PoolDoor } from './pool-door.ts'
import { clientOf } from './prepared.ts'

/** A longer text is a bulk write and hardly ever repeated: preparing it would only fill the server's memory. */
const longestPrepared = 4000

/**
 * Commands send the same few texts all the time. Inside a transaction each is prepared at its first use on a
 * connection: later uses take a single round trip instead of two, and the server need not parse them again. The
 * transaction itself begins in the round trip of its first statement.
 */
export function withPreparedTransactions(sql: Sql, door: PoolDoor | undefined, isClosed: () => boolean): Sql {
  const begin = async (work: Work) => {
    if (isClosed()) throw new Error('The pool of connections is closed')
    return door ? door.hold(() => runTransaction(sql, work, door.connectSeconds)) : runTransaction(sql, work)
  }
  return new Proxy(sql, { get: (target, key) => (key === 'begin' ? begin : Reflect.get(target, key)) })
}

type Work = (tx: Sql) => unknown

/** The writes to be awaited with the commit, for each running transaction. */
const sentLast = new WeakMap<object, Promise<unknown>[]>()

/**
 * The last write of a transaction: the commit is sent right after it instead of after its answer, so that locks are
 * held for one round trip less. If it fails, the transaction is rolled back and fails too. Outside a transaction it is
 * awaited.
 */
export async function withCommit(db: Connection, write: Promise<unknown>): Promise<void> {
  const last = sentLast.get(clientOf(db))
  if (!last) return void (await write)
  last.push(write)
  // The error surfaces at commit.
  write.catch(() => undefined)
}

/** The application name, on the server, of a connection while a long transaction only reads. */
export const readerName = 'ihanoi-desk reading'

/**
 * To be called at the beginning of a long transaction that only reads: no one waits for it as for a change. Its
 * statements are planned for their values, though they are prepared.
 */
export async function onlyReads(tx: Connection): Promise<void> {
  await clientOf(tx).unsafe(
    `set local application_name = '${readerName}'; set local plan_cache_mode = force_custom_plan`,
  )
}

async function runTransaction(sql: Sql, work: Work, connectSeconds?: number): Promise<unknown> {
  const last: Promise<unknown>[] = []
  const gate: Gate = { shut: null }
  const lost = Promise.withResolvers<never>()
  // Avoids an unhandled rejection: the connection may be lost after the transaction.
  lost.promise.catch(() => undefined)
  const { held, begun } = await HeldConnection.begin(sql, connectSeconds, (error) => {
    gate.shut = error as Error
    lost.reject(error)
  })
  const client = clientFor(sql, held, gate)
  sentLast.set(client, last)
  /** Ends the transaction and returns the server's answer, unless the connection is lost before. */
  const end = async (command: 'commit' | 'rollback') => {
    if (gate.shut) throw gate.shut
    gate.shut = new Error('The transaction is over')
    const [ended] = await Promise.race([Promise.all([held.unsafe(command), begun, ...last]), lost.promise])
    return ended.command
  }
  let result: unknown
  try {
    result = await Promise.race([work(client), lost.promise])
  } catch (error) {
    await end('rollback').catch(() => undefined)
    throw error
  }
  // The server answers a commit with ROLLBACK if a statement had failed and its error was swallowed.
  if ((await end('commit')) === 'ROLLBACK') throw new Error('Something had failed: nothing of the transaction is kept')
  return result
}

/** Why no statement may be sent any more: a late one must run neither outside of the transaction nor in the next. */
type Gate = { shut: Error | null }

/** The client through which statements of the transaction are sent. */
function clientFor(sql: Sql, held: HeldConnection, gate: Gate): Sql {
  let savepoints = 0
  const unsafe = (text: string, values: never[] = []) => {
    if (gate.shut) throw gate.shut
    return held.unsafe(text, values, { prepare: isWorthPreparing(text, values) })
  }
  const savepoint = async (work: Work) => {
    const name = `s${++savepoints}`
    const begun = unsafe(`savepoint ${name}`).execute()
    try {
      const [result] = await Promise.all([work(client()), begun])
      return result
    } catch (error) {
      await unsafe(`rollback to ${name}`)
      throw error
    }
  }
  const own: Record<string | symbol, unknown> = { unsafe, savepoint }
  const tagged = (values: unknown[]) => {
    if (gate.shut) throw gate.shut
    return held.claim((sql as unknown as (...values: unknown[]) => unknown)(...values))
  }
  const client = () =>
    new Proxy(sql, {
      apply: (_target, _self, values) => tagged(values),
      get: (target, key) => own[key] ?? Reflect.get(target, key),
    })
  return client()
}

/** A text without values may be several statements in one, which cannot be prepared. */
function isWorthPreparing(text: string, values: readonly unknown[]): boolean {
  return text.length <= longestPrepared && (values.length > 0 || /^\s*(select|with)\b[^;]*$/i.test(text))
}
