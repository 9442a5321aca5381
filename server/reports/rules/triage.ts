import { type Queue, queueOf } from './queue.ts'
import { type AddressParameters, parseQueue } from './queue-address.ts'

/** The reports awaiting intake, narrowed as the address says; another view in it counts for nothing. */
export const triageQueue = (parameters: AddressParameters): Queue => ({
  ...parseQueue(parameters, 'awaiting_intake'),
  view: 'awaiting_intake',
})

export const triageStart: Queue = queueOf('awaiting_intake')
