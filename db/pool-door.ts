import { poolBusy } from '#server/platform/rules/failure.ts'
import type { Sql } from './client.ts'
import { giveUpAfter, isLineBroken, type Statement, sendAgainAfterLeftOver } from './held-connection.ts'

type Leave = () => void
type Waiting = { enter: (leave: Leave) => void; timer: NodeJS.Timeout }

/** The error for statements of which nothing was sent. */
const noConnection = () =>
  Object.assign(new Error('No connection to the database came free in time'), { code: poolBusy })

/**
 * Admits as many statements and transactions at once as the pool has connections; the others wait in order of arrival,
 * up to a time limit. The pool itself would let them wait indefinitely, or send their statement behind that of another
 * caller.
 */
export class PoolDoor {
  /** Once admitted, the time limit for connecting to the server. */
  readonly connectSeconds: number
  readonly #waitMillis: number
  readonly #waiting = new Set<Waiting>()
  #free: number

  constructor(connections: number, { waitSeconds, connectSeconds }: { waitSeconds: number; connectSeconds: number }) {
    this.#free = connections
    this.connectSeconds = connectSeconds
    this.#waitMillis = waitSeconds * 1000
  }

  /** Calls `enter` with a function to leave, or `refuse`; at once if a place is free. */
  pass(enter: (leave: Leave) => void, refuse: (error: Error) => void): void {
    if (this.#free > 0) {
      this.#free--
      enter(this.#leaver())
      return
    }
    const timer = setTimeout(() => {
      this.#waiting.delete(waiting)
      refuse(noConnection())
    }, this.#waitMillis)
    const waiting = { enter, timer }
    this.#waiting.add(waiting)
  }

  async hold<Result>(work: () => Promise<Result>): Promise<Result> {
    const leave = await new Promise<Leave>((enter, refuse) => this.pass(enter, refuse))
    try {
      const result = await work()
      leave()
      return result
    } catch (error) {
      if (isLineBroken(error)) setTimeout(leave, closingMillis)
      else leave()
      throw error
    }
  }

  #leaver(): Leave {
    let isInside = true
    return () => {
      if (!isInside) return
      isInside = false
      const [next] = this.#waiting
      if (!next) {
        this.#free++
        return
      }
      this.#waiting.delete(next)
      clearTimeout(next.timer)
      next.enter(this.#leaver())
    }
  }
}

/**
 * The same client, but each of its statements passes the door before it is sent. Transactions pass it as a whole, in
 * `transactions.ts`.
 */
export function behindDoor(sql: Sql, door: PoolDoor): Sql {
  const guarded = (made: unknown) => {
    const statement = made as Statement
    const { handler } = statement
    // Identifiers and value lists are created in the same way, but never sent on their own.
    if (typeof handler === 'function') {
      sendAgainAfterLeftOver(statement, sql.options.max)
      const send = (sent: Statement) => door.pass((leave) => sendAndLeave(sent, handler, leave, door), sent.reject)
      statement.handler = Object.assign(send, { debug: handler.debug })
    }
    return made
  }
  return new Proxy(sql, {
    apply: (target, self, values) => guarded(Reflect.apply(target as never, self, values)),
    get: (target, key) => {
      const found = Reflect.get(target, key)
      return key === 'unsafe' ? (...values: unknown[]) => guarded(found.apply(target, values)) : found
    },
  })
}

/** Time until a broken connection is closed. */
const closingMillis = 20

function sendAndLeave(statement: Statement, send: Statement['handler'], leave: Leave, door: PoolDoor): void {
  // It was cancelled while waiting; or it is a cursor, whose end is unknown.
  if (statement.cancelled || statement.cursorFn) leave()
  if (statement.cancelled) return
  const { resolve, reject } = statement
  // The pool takes the connection back right after it has delivered the answer: the next statement enters then.
  let isAnswered = false
  let callOff: () => void = () => undefined
  const answered = () => {
    isAnswered = true
    callOff()
  }
  statement.resolve = (answer) => {
    answered()
    resolve(answer)
    queueMicrotask(leave)
  }
  statement.reject = (error) => {
    answered()
    reject(error)
    // The pool notices a broken connection a little later, and would meanwhile send statements on it that are never
    // answered.
    if (isLineBroken(error)) setTimeout(leave, closingMillis)
    else queueMicrotask(leave)
  }
  send(statement)
  // A statement that went to an open connection needs no time-out: the server itself limits how long it may run.
  if (!isAnswered && statement.state === null) callOff = giveUpAfter(door.connectSeconds, statement)
}
