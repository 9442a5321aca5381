import { cpus } from 'node:os'

/** A part of a run: how long it took, and how long all processors of the machine were busy in the meantime. */
export type Part = { title: string; seconds: number; busy: number }

/** Divides a run into parts without gaps: each part lasts until the next one begins. */
export class Laps {
  private readonly done = new Map<string, Part>()
  private current: { title: string; started: number; busy: number } | undefined

  constructor(before: readonly Part[] = []) {
    for (const part of before) this.done.set(part.title, part)
  }

  begin(title: string): void {
    this.end()
    this.current = { title, started: performance.now(), busy: busySeconds() }
  }

  /** Ends the current part. A part that came in several pieces is one, in the place of its last piece. */
  end(): Part[] {
    if (this.current) {
      const { title, started, busy } = this.current
      const before = this.done.get(title)
      this.done.delete(title)
      this.done.set(title, {
        title,
        seconds: (before?.seconds ?? 0) + (performance.now() - started) / 1000,
        busy: (before?.busy ?? 0) + busySeconds() - busy,
      })
      this.current = undefined
    }
    return [...this.done.values()]
  }
}

/**
 * Of the whole machine, because PostgreSQL and the desk are not all children of this process. What else runs on the
 * machine counts as well.
 */
function busySeconds(): number {
  return cpus().reduce((sum, { times: { idle: _, ...busy } }) => {
    return sum + Object.values(busy).reduce((milliseconds, one) => milliseconds + one, 0) / 1000
  }, 0)
}
