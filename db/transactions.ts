import type postgres from 'postgres'
import type { Connection, Sql } from './client.ts'
import { clientOf } from './prepared.ts'

/** A longer text is a bulk write, hardly ever the same twice: it would only fill the server's memory. */
const longestPrepared = 4000

/**
 * Commands send the same few texts all day. Inside a transaction each is prepared at its first use on a connection: later
 * ones take a single round trip instead of two, and the server need not parse them again.
 */
export function withPreparedTransactions(sql: Sql): Sql {
  const begin = async (work: Work) => {
    const last: Promise<unknown>[] = []
    const result = await sql.begin((tx) => work(withPreparedStatements(tx, last)))
    await Promise.all(last)
    return result
  }
  return new Proxy(sql, { get: (target, key) => (key === 'begin' ? begin : Reflect.get(target, key)) })
}

type Work = (tx: postgres.TransactionSql) => unknown

/** What was sent last in each transaction that is under way. */
const sentLast = new WeakMap<object, Promise<unknown>[]>()

/**
 * What a transaction writes last: the commit goes off right behind it instead of after its answer, so that what is locked
 * is held for a round trip less. Where it fails, nothing is kept and the transaction fails with it. Outside of one it is awaited.
 */
export async function withCommit(db: Connection, write: Promise<unknown>): Promise<void> {
  const last = sentLast.get(clientOf(db))
  if (!last) return void (await write)
  last.push(write)
  // It is heard when the transaction has ended.
  write.catch(() => undefined)
}

function withPreparedStatements<Tx extends postgres.TransactionSql>(tx: Tx, last?: Promise<unknown>[]): Tx {
  const unsafe = (text: string, values: never[] = []) =>
    tx.unsafe(text, values, { prepare: isWorthPreparing(text, values) })
  const savepoint = (work: Work) => tx.savepoint((inner) => work(withPreparedStatements(inner)))
  const own: Record<string | symbol, unknown> = { unsafe, savepoint }
  const prepared = new Proxy(tx, { get: (target, key) => own[key] ?? Reflect.get(target, key) })
  if (last) sentLast.set(prepared, last)
  return prepared
}

/** A text without values may be several statements in one, which cannot be prepared. */
function isWorthPreparing(text: string, values: readonly unknown[]): boolean {
  return text.length <= longestPrepared && (values.length > 0 || /^\s*(select|with)\b[^;]*$/i.test(text))
}
