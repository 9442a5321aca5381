import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { CopyText } from '#db/copy.ts'
import type { DayPlan } from './rates.ts'
import type { ShelvedPhoto } from './shelf.ts'

/** What a thread needs to generate the same city as all others. */
export type CityOrder = { seed: string; today: Date; reports: number; photos: readonly ShelvedPhoto[] }

/** Some consecutive days, and the number of their first report. */
export type Stretch = { days: readonly DayPlan[]; firstId: number }

const mostThreads = 4

/**
 * Generates the days with as many threads as there are cores, and yields their rows in the order of the days: the
 * result does not depend on the number of threads. No thread gets further ahead than one stretch.
 */
export async function* writtenBy(order: CityOrder, stretches: readonly Stretch[]): AsyncGenerator<CopyText[]> {
  const size = Math.min(mostThreads, availableParallelism(), stretches.length)
  const threads = Array.from({ length: size }, () => new CrewThread(order))
  try {
    const ahead = stretches.slice(0, size).map((stretch, at) => threads[at]?.write(stretch))
    for (const at of stretches.keys()) {
      const written = await ahead[at % size]
      const next = stretches[at + size]
      if (next) ahead[at % size] = threads[at % size]?.write(next)
      if (written) yield written
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()))
  }
}

class CrewThread {
  readonly #worker: Worker

  constructor(order: CityOrder) {
    this.#worker = new Worker(new URL('./crew-thread.ts', import.meta.url), { workerData: order })
  }

  /** Rejects if the thread dies. */
  write(stretch: Stretch): Promise<CopyText[]> {
    const written = once(this.#worker, 'message').then(([texts]) => texts as CopyText[])
    // Avoids an unhandled rejection: the caller, which may be waiting for another thread, awaits it later.
    written.catch(() => undefined)
    this.#worker.postMessage(stretch)
    return written
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }
}
