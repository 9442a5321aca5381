import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { CopyText } from '#db/copy.ts'
import type { DayPlan } from './rates.ts'
import type { ShelvedPhoto } from './shelf.ts'

/** What a thread must know to draw the same city as all others. */
export type CityOrder = { seed: string; today: Date; reports: number; photos: readonly ShelvedPhoto[] }

/** Some days in a row, and the number of their first report. */
export type Stretch = { days: readonly DayPlan[]; firstId: number }

const mostThreads = 4

/**
 * Has the days lived by as many threads as there are cores, and hands out their rows in the order of the days: what is
 * copied is the same however many work. No thread gets further ahead than one stretch.
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

  /** Fails when the thread dies over it. */
  write(stretch: Stretch): Promise<CopyText[]> {
    const written = once(this.#worker, 'message').then(([texts]) => texts as CopyText[])
    // Whoever waits for another thread at this moment hears of it in turn.
    written.catch(() => undefined)
    this.#worker.postMessage(stretch)
    return written
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }
}
