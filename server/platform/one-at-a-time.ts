import { DomainError } from './errors.ts'
import { apiLimits, uploadLimits } from './rules/limits.ts'

type Waiting = { begin: () => void }
type Limits = { waiting: number; longestWaitMillis: number }

/**
 * A queue for work that needs much memory: one task at a time, a maximum number waiting, each for a maximum time. A
 * caller that finds the queue full, or waits too long, is refused and may retry.
 */
export function oneAtATime({ waiting: most, longestWaitMillis }: Limits) {
  const line: Waiting[] = []
  let isBusy = false

  function next(): void {
    const first = line.shift()
    if (first) first.begin()
    else isBusy = false
  }

  function turn(): Promise<void> {
    if (!isBusy) {
      isBusy = true
      return Promise.resolve()
    }
    if (line.length >= most) return Promise.reject(new DomainError('uploads_busy'))
    return new Promise((begin, refuse) => {
      const waiting: Waiting = {
        begin: () => {
          clearTimeout(timer)
          begin()
        },
      }
      const timer = setTimeout(() => {
        line.splice(line.indexOf(waiting), 1)
        refuse(new DomainError('uploads_busy'))
      }, longestWaitMillis)
      line.push(waiting)
    })
  }

  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await turn()
    try {
      return await work()
    } finally {
      next()
    }
  }
}

/** The queue in which this process decodes uploaded photos: a small file may decode to half a gigabyte. */
export const drawInTurn = oneAtATime({
  waiting: uploadLimits.waiting,
  longestWaitMillis: uploadLimits.longestWaitMillis,
})

const programs = oneAtATime({
  waiting: apiLimits.photos.inAll + apiLimits.photos.withoutKeyInAll,
  longestWaitMillis: uploadLimits.longestWaitMillis,
})

/** The same for photos that programs send: they wait in a queue of their own for one place in that of staff. */
export const drawForPrograms: typeof drawInTurn = (work) => programs(() => drawInTurn(work))
