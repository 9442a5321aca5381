import type { Filters, FilterValues } from '#server/platform/rules/filters/filters.ts'
import { slug } from '#server/platform/rules/filters/ids.ts'
import { id, one, text } from '#server/platform/rules/filters/kinds.ts'
import { roles } from './actor.ts'

/** The filters of the list of accounts. Parameters are in links already sent: they may be added, never renamed. */
export const accountFilters = {
  search: text('search', { most: 100 }),
  agencyId: id('agencyId', slug, { of: 'agencies' }),
  role: one('role', roles),
  state: one('state', ['active', 'inactive', 'all'], { usual: 'active' }),
} as const satisfies Filters

export type AccountFilters = FilterValues<typeof accountFilters>
