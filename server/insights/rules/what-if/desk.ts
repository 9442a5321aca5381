/** Work that came to a desk, in the order in which it came; all in one unit of time in which the desk is open. */
type DeskWork = {
  arrivals: Float64Array
  /** By what the desk chooses: of all that waits, it takes what is due first. */
  due: Float64Array
  lengths: Float64Array
}

/**
 * When each is finished if so many people work one thing at a time, take what is due first and put nothing aside. Of
 * what is due together, the first to come is first.
 */
export function finishesOf({ arrivals, due, lengths }: DeskWork, people: number): Float64Array {
  const count = arrivals.length
  const finishes = new Float64Array(count)
  // Both are priority queues (binary heaps): when people become free, and the waiting reports by deadline.
  const free = new Float64Array(people).fill(Number.NEGATIVE_INFINITY)
  const waiting = new Int32Array(count)
  let waits = 0
  let next = 0
  let now = Number.NEGATIVE_INFINITY

  const isBefore = (a: number, b: number): boolean => {
    const [dueA, dueB] = [due[a] as number, due[b] as number]
    return dueA < dueB || (dueA === dueB && a < b)
  }
  const put = (item: number) => {
    let at = waits++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(item, waiting[parent] as number)) break
      waiting[at] = waiting[parent] as number
      at = parent
    }
    waiting[at] = item
  }
  const takeFirst = (): number => {
    const first = waiting[0] as number
    const item = waiting[--waits] as number
    let at = 0
    for (let child = 1; child < waits; child = 2 * at + 1) {
      if (child + 1 < waits && isBefore(waiting[child + 1] as number, waiting[child] as number)) child += 1
      if (!isBefore(waiting[child] as number, item)) break
      waiting[at] = waiting[child] as number
      at = child
    }
    waiting[at] = item
    return first
  }
  const busyUntil = (until: number) => {
    let at = 0
    for (let child = 1; child < people; child = 2 * at + 1) {
      if (child + 1 < people && (free[child + 1] as number) < (free[child] as number)) child += 1
      if ((free[child] as number) >= until) break
      free[at] = free[child] as number
      at = child
    }
    free[at] = until
  }

  while (next < count || waits > 0) {
    now = Math.max(now, free[0] as number, waits > 0 ? now : (arrivals[next] as number))
    while (next < count && (arrivals[next] as number) <= now) put(next++)
    const item = takeFirst()
    const finish = now + (lengths[item] as number)
    if (!Number.isFinite(finish)) throw new Error('a report takes no finite time')
    finishes[item] = finish
    busyUntil(finish)
  }
  return finishes
}
