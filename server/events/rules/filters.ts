import { addressWith } from '#server/platform/rules/filters/address.ts'
import { emptyOf, type Filters, type FilterValues, writeFilters } from '#server/platform/rules/filters/filters.ts'
import { anyText, slug, uuid } from '#server/platform/rules/filters/ids.ts'
import { dayRange, id, one, text, yesNo } from '#server/platform/rules/filters/kinds.ts'
import { actorKinds, subjectKinds } from './event.ts'

/** The filters of the event log. Parameters are part of links that were sent: add to them, never rename one. */
export const eventFilters = {
  day: dayRange({ from: 'from', to: 'to' }),
  /** A name such as `report.assigned`, or all of a family: `report.` */
  event: id('event', anyText(60), { of: 'events' }),
  subjectKind: one('subjectKind', subjectKinds),
  /** The code of a report, or the id of any other subject. */
  subject: text('subject', { most: 80 }),
  actorKind: one('actorKind', actorKinds),
  actorId: id('actorId', uuid, { of: 'accounts' }),
  agencyId: id('agencyId', slug, { of: 'agencies' }),
  /** Only access to personal data. */
  personal: yesNo('personal', { yes: '1', no: null }),
} as const satisfies Filters

export type EventFilter = FilterValues<typeof eventFilters>
export const noEventFilter: EventFilter = emptyOf(eventFilters)

/** The address of the log under this filter. */
export const logAddress = (filter: EventFilter): string =>
  addressWith('/admin/events', writeFilters(eventFilters, filter))
