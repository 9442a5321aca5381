import { poolBusy } from '#server/platform/rules/failure.ts'
import type { Sql } from './client.ts'
import { giveUpAfter, isLineBroken, type Statement, sendAgainAfterLeftOver } from './held-connection.ts'

type Leave = () => void
type Waiting = { enter: (leave: Leave) => void; timer: NodeJS.Timeout }

/** Nothing of what was asked for was sent. */
const noConnection = () =>
  Object.assign(new Error('No connection to the database came free in time'), { code: poolBusy })

/**
 * Lets in as many at once as the pool has connections; the others wait in the order in which they came, and not for
 * longer than they are told. The pool itself would have them wait without end, or send their statement behind that of
 * somebody else.
 */
export class PoolDoor {
  /** Whoever is inside waits no longer than this for the server to let him in. */
  readonly connectSeconds: number
  readonly #waitMillis: number
  readonly #waiting = new Set<Waiting>()
  #free: number

  constructor(connections: number, { waitSeconds, connectSeconds }: { waitSeconds: number; connectSeconds: number }) {
    this.#free = connections
    this.connectSeconds = connectSeconds
    this.#waitMillis = waitSeconds * 1000
  }

  /** Calls `enter` with how to leave again, or `refuse`; at once where there is room. */
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
 * The same client, each of whose statements goes through the door before it is sent. Transactions pass it as a whole,
 * in `transactions.ts`.
 */
export function behindDoor(sql: Sql, door: PoolDoor): Sql {
  const guarded = (made: unknown) => {
    const statement = made as Statement
    const { handler } = statement
    // Names of columns and lists of values are made in the same way, and never sent by themselves.
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

/** Until a line that broke is closed as well. */
const closingMillis = 20

function sendAndLeave(statement: Statement, send: Statement['handler'], leave: Leave, door: PoolDoor): void {
  // Taken back while it waited; and of a cursor nobody knows when its reader is done.
  if (statement.cancelled || statement.cursorFn) leave()
  if (statement.cancelled) return
  const { resolve, reject } = statement
  // The pool takes the connection back right after it has told the answer: whoever is next comes then.
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
    // Of a line that broke the pool learns a little later, and would meanwhile send on it what nobody ever answers.
    if (isLineBroken(error)) setTimeout(leave, closingMillis)
    else queueMicrotask(leave)
  }
  send(statement)
  // A statement that went to an open connection needs no time-out: the server itself limits how long it may run.
  if (!isAnswered && statement.state === null) callOff = giveUpAfter(door.connectSeconds, statement)
}
