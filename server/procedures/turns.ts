import { DomainError } from '#server/platform/errors.ts'

type Limits = { atOnce: number; waiting: number }
type Line = { running: number; waiting: (() => void)[] }

/** Lets so many things of one account be under way at once; the others begin in the order in which they came. */
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

  /** Whoever waits takes over the place, so that nobody comes in between. */
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
