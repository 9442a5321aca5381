import { addressWith } from '#server/platform/rules/filters/address.ts'
import { emptyOf, type Filters, type FilterValues, writeFilters } from '#server/platform/rules/filters/filters.ts'
import { uuid } from '#server/platform/rules/filters/ids.ts'
import { dayRange, id, one, text } from '#server/platform/rules/filters/kinds.ts'
import { disclosurePurposes } from './disclosure.ts'

/**
 * The filters of the disclosures. Parameters are in links and in the log of each exported file: they may be added,
 * never renamed.
 */
export const lookFilters = {
  day: dayRange({ from: 'from', to: 'to' }),
  accountId: id('accountId', uuid, { of: 'accounts' }),
  purpose: one('purpose', disclosurePurposes),
  /** The code of a report: disclosures of its reporter. */
  report: text('report', { most: 40 }),
} as const satisfies Filters

export type LookFilter = FilterValues<typeof lookFilters>
export const noLookFilter: LookFilter = emptyOf(lookFilters)

export const lookAddress = (filter: LookFilter): string =>
  addressWith('/admin/disclosures', writeFilters(lookFilters, filter))

/** As a form sends it, and as the log stores it. */
export const lookParameters = (filter: LookFilter): Record<string, string> =>
  Object.fromEntries(writeFilters(lookFilters, filter))

export const disclosuresPath = '/api/disclosures/export'
