import { emptyOf, type Filters, type FilterValues } from '#server/platform/rules/filters/filters.ts'
import { number, uuid } from '#server/platform/rules/filters/ids.ts'
import { dayRange, id, one, text } from '#server/platform/rules/filters/kinds.ts'
import type { FilterWords } from '#server/platform/rules/filters/words.ts'
import { bulletinKinds } from './bulletin.ts'

/** The filters of the bulletin desk. Shared links hold their parameters: add to them, never rename one. */
export const deskFilters = {
  text: text('q'),
  kind: one('kind', bulletinKinds),
  incidentId: id('incident', uuid, { of: 'incidents' }),
  areaId: id('area', number, { of: 'areas' }),
  /** When it was first published, or last changed where it never was. */
  day: dayRange({ from: 'from', to: 'to' }),
} as const satisfies Filters

export type DeskFilters = FilterValues<typeof deskFilters>
export const noDeskFilters: DeskFilters = emptyOf(deskFilters)

const key = (name: string) => `bulletins.filters.${name}`

export const deskFilterWords = {
  kind: { label: key('kind'), of: 'bulletins.kinds' },
  incidentId: { label: key('incident') },
  areaId: { label: key('area') },
  day: { label: key('period') },
  text: { label: key('text'), isChipOnly: true },
} as const satisfies FilterWords<typeof deskFilters>
