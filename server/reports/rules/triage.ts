import type { AddressParameters } from '#server/platform/rules/filters/address.ts'
import { type Queue, queueOf } from './queue.ts'
import { parseQueue } from './queue-address.ts'

/** The reports awaiting intake, narrowed as the address says; another view in it counts for nothing. */
export const triageQueue = (parameters: AddressParameters): Queue => ({
  ...parseQueue(parameters, 'awaiting_intake'),
  view: 'awaiting_intake',
})

export const triageStart: Queue = queueOf('awaiting_intake')
