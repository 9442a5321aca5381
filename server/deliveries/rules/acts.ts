import type { DeliveryState } from './delivery.ts'

/** The acts of intake on a delivery that did not reach its reporter. */
export const deliveryActs = ['send_again', 'send_by', 'correct_contact', 'mark_posted', 'mark_told'] as const
export type DeliveryAct = (typeof deliveryActs)[number]

/** Without `queued`: a gateway may be sending such a message, and an act would send it twice. */
const undelivered = ['waiting', 'failed', 'letter', 'no_contact'] as const satisfies readonly DeliveryState[]

const from: Record<DeliveryAct, readonly DeliveryState[]> = {
  send_again: ['failed', 'letter', 'no_contact'],
  send_by: ['failed', 'letter', 'no_contact'],
  correct_contact: ['failed', 'letter', 'no_contact'],
  mark_posted: undelivered,
  mark_told: undelivered,
}

export const refusalReasonToAct = (act: DeliveryAct, state: DeliveryState): 'delivery_not_open' | null =>
  from[act].includes(state) ? null : 'delivery_not_open'

export const openActs = (state: DeliveryState): DeliveryAct[] =>
  deliveryActs.filter((act) => refusalReasonToAct(act, state) === null)
