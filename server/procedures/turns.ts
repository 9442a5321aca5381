import { DomainError } from '#server/platform/errors.ts'

type Limits = { atOnce: number; waiting: number }
type Line = { running: number; waiting: (() => void)[] }

/** Limits the concurrent tasks of one account; the others begin in order of arrival. */
export class Turns {
  readonly #limits: Limits
  readonly #lines = new Map<string, Line>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  async take<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
    const line = this.#lines.get(account) ?? { running: 0, waiting: [] }
    this.#lines.set(account, line)
    if (line.running < this.#limits.atOnce) line.running++
    else await this.#wait(line)
    try {
      return await work()
    } finally {
      this.#leave(account, line)
    }
  }

  #wait(line: Line): Promise<void> {
    if (line.waiting.length >= this.#limits.waiting) throw new DomainError('busy')
    return new Promise((settle) => line.waiting.push(settle))
  }

  /** The next waiting task takes over the place, so that no new task can overtake it. */
  #leave(account: string, line: Line): void {
    const next = line.waiting.shift()
    if (next) {
      next()
      return
    }
    line.running--
    if (line.running === 0) this.#lines.delete(account)
  }
}
