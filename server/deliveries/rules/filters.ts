import { addressWith } from '#server/platform/rules/filters/address.ts'
import { emptyOf, type Filters, type FilterValues, writeFilters } from '#server/platform/rules/filters/filters.ts'
import { dayRange, one, text } from '#server/platform/rules/filters/kinds.ts'
import { deliveryChannels, deliveryKinds, deliveryStates } from './delivery.ts'

/** The filters of the delivery log. Links contain the parameters: they may be added, never renamed. */
export const deliveryFilters = {
  day: dayRange({ from: 'from', to: 'to' }),
  state: one('state', deliveryStates),
  channel: one('channel', deliveryChannels),
  kind: one('kind', deliveryKinds),
  /** The code of a report. */
  report: text('report', { most: 40 }),
} as const satisfies Filters

export type DeliveryFilter = FilterValues<typeof deliveryFilters>
export const noDeliveryFilter: DeliveryFilter = emptyOf(deliveryFilters)

export const deliveryAddress = (filter: DeliveryFilter): string =>
  addressWith('/admin/integrations/deliveries', writeFilters(deliveryFilters, filter))
