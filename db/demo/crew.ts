import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { CopyText } from './copy.ts'
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
  /** Rejects when the thread dies, whether or not it is waited for. */
  readonly #died: Promise<never>

  constructor(order: CityOrder) {
    this.#worker = new Worker(new URL('./crew-thread.ts', import.meta.url), { workerData: order })
    this.#died = new Promise((_, reject) => this.#worker.once('error', reject))
    this.#died.catch(() => undefined)
  }

  write(stretch: Stretch): Promise<CopyText[]> {
    const written = new Promise<CopyText[]>((resolve) => this.#worker.once('message', resolve))
    this.#worker.postMessage(stretch)
    const first = Promise.race([written, this.#died])
    first.catch(() => undefined)
    return first
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }
}
