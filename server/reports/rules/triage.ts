import type { AddressParameters } from '#server/platform/rules/filters/address.ts'
import { type Queue, queueOf } from './queue.ts'
import { parseQueue } from './queue-address.ts'

/** The reports awaiting intake, narrowed by the filters of the address; another view in it is ignored. */
export const triageQueue = (parameters: AddressParameters): Queue => ({
  ...parseQueue(parameters, 'awaiting_intake'),
  view: 'awaiting_intake',
})

export const triageStart: Queue = queueOf('awaiting_intake')
