import { emptyOf, type Filters, type FilterValues } from '#server/platform/rules/filters/filters.ts'
import { choice, text } from '#server/platform/rules/filters/kinds.ts'
import type { FilterWords } from '#server/platform/rules/filters/words.ts'
import { incidentKinds, incidentStates } from './incident.ts'

/** The filters of the list of incidents. Shared links hold their parameters: add to them, never rename one. */
export const incidentFilters = {
  words: text('q'),
  states: choice('state', incidentStates),
  kinds: choice('kind', incidentKinds),
} as const satisfies Filters

export type IncidentFilter = FilterValues<typeof incidentFilters>
export const noIncidentFilter: IncidentFilter = emptyOf(incidentFilters)

export const incidentFilterWords = {
  words: { label: 'incidents.filters.words', isChipOnly: true },
  states: { label: 'incidents.filters.state', of: 'incidents.states' },
  kinds: { label: 'incidents.filters.kind', of: 'incidents.kinds' },
} as const satisfies FilterWords<typeof incidentFilters>
