import type postgres from 'postgres'
import type { Sql } from './client.ts'

/** A statement of postgres.js, and how it is sent. */
export type Statement = {
  handler: ((statement: Statement) => void) & { debug?: unknown }
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
  /** The connection on which it was sent; null before. */
  state: unknown
  cancelled: unknown
  cursorFn?: unknown
  strings: readonly string[]
  args: unknown[]
  options: { simple?: boolean; prepare?: boolean }
  cancel(): void
}

/** The same error as the library's for a server that does not answer. */
const notReached = () =>
  Object.assign(new Error('No connection to the database could be made in time'), { code: 'CONNECT_TIMEOUT' })

/** Whether the connection to the server broke, rather than the statement failing. */
export function isLineBroken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { syscall, code } = error as { syscall?: unknown; code?: unknown }
  return syscall !== undefined || /^CONNECT/.test(String(code)) || isLineBroken(error.cause)
}

/** SQLSTATEs of a session ended by the server, not of a refused new session. */
const endOfSession = /^(57P0[125]|25P0[34])$/

/**
 * When the server ends a session during a statement, postgres.js keeps the error and rejects with it the first
 * statement for which it reopens that connection. That statement was never sent, so it is sent again. Each connection
 * of the pool may keep one such error.
 */
export function sendAgainAfterLeftOver(statement: Statement, connections: number): void {
  const { handler, reject } = statement
  let left = connections
  statement.reject = (error) => {
    const isLeftOver = statement.state === null && endOfSession.test(String((error as { code?: unknown })?.code))
    // By then the pool has the connection back, which is open and keeps no error any more.
    if (isLeftOver && left-- > 0) queueMicrotask(() => handler(statement))
    else reject(error)
  }
}

/**
 * Rejects a statement that could not be sent in time because there is no connection. After a connection is lost during
 * a statement, postgres.js reconnects for as long as the database is away and restarts its own time-out each time. The
 * new connection may still execute the rejected statement first, so it is replaced by one without effect. Returns how
 * to cancel this time-out.
 */
export function giveUpAfter(
  seconds: number | undefined,
  statement: Statement,
  onGivenUp: () => void = () => undefined,
): () => void {
  if (seconds === undefined) return () => undefined
  const timer = setTimeout(() => {
    if (statement.state !== null) return
    onGivenUp()
    statement.reject(notReached())
    statement.cancel()
    Object.assign(statement, { cancelled: null, strings: ['select 1'], args: [] })
    Object.assign(statement.options, { simple: true, prepare: false })
  }, seconds * 1000)
  return () => clearTimeout(timer)
}

/** A connection of postgres.js, as passed to a caller that executes its own statement on it. */
type Connection = {
  /** The queue of the pool that holds it, depending on what may be sent on it. */
  queue: { remove(connection: Connection): void }
  /**
   * Called when all sent statements are answered within a transaction. Otherwise the pool takes the connection back.
   */
  reserved: (() => void) | null
  onclose: ((error: Error) => void) | null
  idleTimer: { cancel(): void }
  /** Returns whether more may be sent before the answer. */
  execute(statement: Statement): boolean | undefined
}

/** Not a queue of the pool, so the pool gives the connection to no one. */
const apart: Connection['queue'] = { remove: () => undefined }

/**
 * A connection for one transaction, taken together with its `begin`. Unlike `begin` of postgres.js it sends the next
 * statement at once instead of waiting for the answer. `reserve` of postgres.js cannot be used: if it fails because the
 * database is away, its request stays in the queue of the pool, and the next connection is given to it and lost. This
 * class uses internals of postgres.js, so the version is pinned in package.json.
 */
export class HeldConnection {
  readonly #sql: Sql
  readonly #connection: Connection
  readonly #onLost: (error: unknown) => void
  readonly #waiting: Statement[] = []
  #isFull = false

  private constructor(sql: Sql, connection: Connection, onLost: (error: unknown) => void) {
    this.#sql = sql
    this.#connection = connection
    this.#onLost = onLost
    this.#setApart()
    connection.reserved = () => this.#sendNext()
    connection.onclose = (error) => {
      onLost(error)
      for (const statement of this.#waiting.splice(0)) statement.reject(error)
    }
  }

  /** `onLost` is called when the connection is lost during the transaction. `begin` is not answered yet on return. */
  static begin(
    sql: Sql,
    connectSeconds: number | undefined,
    onLost: (error: unknown) => void,
  ): Promise<{ held: HeldConnection; begun: Promise<unknown> }> {
    return new Promise((settle, fail) => {
      let isGivenUp = false
      const onexecute = (connection: Connection): boolean => {
        callOff()
        if (isGivenUp) return true
        settle({ held: new HeldConnection(sql, connection, onLost), begun })
        // The pool must not send other statements on it.
        return false
      }
      const begun = sql.unsafe('begin', [], { onexecute } as postgres.UnsafeQueryOptions)
      sendAgainAfterLeftOver(begun as unknown as Statement, sql.options.max)
      begun.execute()
      const callOff = giveUpAfter(connectSeconds, begun as unknown as Statement, () => {
        isGivenUp = true
      })
      begun.catch((error: unknown) => {
        callOff()
        if (isLineBroken(error)) onLost(error)
        fail(error)
      })
    })
  }

  /** A statement of the transaction. As usual it is sent when it is awaited. */
  unsafe(text: string, values: never[] = [], options: postgres.UnsafeQueryOptions = {}) {
    return this.claim(this.#sql.unsafe(text, values, options))
  }

  /** Makes a statement that was created for the pool be sent on this connection. */
  claim<Made>(made: Made): Made {
    const statement = made as unknown as Statement
    const { handler } = statement
    if (typeof handler === 'function') {
      statement.handler = Object.assign((sent: Statement) => this.#send(sent), { debug: handler.debug })
      const { reject } = statement
      // postgres.js would wait forever for a statement (e.g. a rollback) sent between the break and the close.
      statement.reject = (error) => {
        if (isLineBroken(error)) this.#onLost(error)
        reject(error)
      }
    }
    return made
  }

  #send(statement: Statement): void {
    if (this.#isFull) this.#waiting.push(statement)
    else this.#isFull = !this.#connection.execute(statement)
  }

  #sendNext(): void {
    const next = this.#waiting.shift()
    if (next) return void this.#connection.execute(next)
    this.#isFull = false
    this.#setApart()
  }

  #setApart(): void {
    this.#connection.queue.remove(this.#connection)
    this.#connection.queue = apart
    this.#connection.idleTimer.cancel()
  }
}
