import type { Filters } from '#server/platform/rules/filters/filters.ts'
import type { Filter } from '#server/platform/rules/filters/kinds.ts'
import { naughtyStrings } from './naughty-strings.ts'

type Samples<F extends Filters> = { readonly [N in keyof F]: readonly F[N]['empty'][] }
/** Existing ids, by the `of` of a filter. */
type Known = Readonly<Record<string, readonly (string | number)[]>>

const day = '2026-03-02'
const nobody = '00000000-0000-4000-8000-000000000000'
const ranges = [
  { from: '2026-03-01', to: day },
  { from: day, to: null },
  { from: null, to: day },
]
const oddTags = [['cây'], ['cây', 'gấp'], ['🚒'], ['{"'], ['\\', "'"], ['%_'], ['-cây'], ['-"', 'gấp'], ['-\\', '-{}']]

/** Sample values for each filter of a list, tried one at a time, generated from its kind. */
export const filterSamples = <F extends Filters>(filters: F, known: Known): Samples<F> =>
  Object.fromEntries(
    Object.entries(filters).map(([name, filter]) => [name, samplesOf(filter, known)]),
  ) as unknown as Samples<F>

function samplesOf(filter: Filter, known: Known): readonly unknown[] {
  switch (filter.kind) {
    case 'text':
      return naughtyStrings.map((text) => text.slice(0, filter.most))
    case 'choice':
      return [...filter.values.map((value) => [value]), filter.values]
    case 'one':
      return filter.values
    case 'ids': {
      const ids = known[filter.of] ?? []
      return [...ids.map((id) => [id]), [...ids, filter.format.isNumber ? 999 : 'none']]
    }
    case 'id':
      return [...filter.words, ...(known[filter.of] ?? []), ...(filter.format.read(nobody) === nobody ? [nobody] : [])]
    case 'dayRange':
      return ranges
    case 'yesNo':
      return filter.onlyYes ? [true] : [true, false]
    case 'tags':
      return oddTags
    case 'instantAs':
      return filter.ways.map((way) => ({ way, at: '2026-03-02T00:00:00.000Z' }))
  }
}
