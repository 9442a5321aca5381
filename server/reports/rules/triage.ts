import { type Actor, holds } from '#server/accounts/rules/actor.ts'
import { type Queue, queueOf } from './queue.ts'
import { type AddressParameters, parseQueue } from './queue-address.ts'

/** Whoever takes reports in for the whole city: what awaits intake belongs to no agency yet. */
export const mayTriage = (actor: Actor): boolean => actor.kind === 'staff' && holds(actor, 'dispatcher', null)

/** The reports awaiting intake, narrowed as the address says; another view in it counts for nothing. */
export const triageQueue = (parameters: AddressParameters): Queue => ({
  ...parseQueue(parameters, 'awaiting_intake'),
  view: 'awaiting_intake',
})

export const triageStart: Queue = queueOf('awaiting_intake')
