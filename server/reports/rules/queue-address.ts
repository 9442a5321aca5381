import { type AddressParameters, readable, readerOf } from '#server/platform/rules/filters/address.ts'
import { parseFilters, writeFilters } from '#server/platform/rules/filters/filters.ts'
import { type Queue, type QueueView, queueSorts, queueViews, sortDirections } from './queue.ts'
import { queueFilters } from './queue-filters.ts'

/** Reads the queue from an address. Unknown parts are dropped: an old or mistyped link still opens. */
export function parseQueue(parameters: AddressParameters, view: QueueView): Queue {
  const read = readerOf(parameters)
  const oneOf = <T extends string>(name: string, values: readonly T[]): T | null =>
    values.find((value) => value === read(name)[0]) ?? null
  return {
    ...parseFilters(queueFilters, parameters),
    view: oneOf('view', queueViews) ?? view,
    sort: oneOf('sort', queueSorts),
    dir: oneOf('dir', sortDirections),
  }
}

/** The shortest address of a queue: only what differs from an untouched view, always in the same order. */
export function queueParameters(queue: Queue): URLSearchParams {
  const order = queue.sort ? [['sort', queue.sort], ...(queue.dir ? [['dir', queue.dir]] : [])] : []
  return new URLSearchParams([['view', queue.view], ...writeFilters(queueFilters, queue), ...order])
}

/** As shown in the address bar. */
export const queueAddress = (queue: Queue): string => readable(queueParameters(queue))
