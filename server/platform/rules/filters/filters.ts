import { type AddressParameters, readerOf } from './address.ts'
import type { Filter } from './kinds.ts'

/** The filters of one list, by name, in the order of its address. */
export type Filters = Readonly<Record<string, Filter>>
export type FilterName<F extends Filters> = keyof F & string
/** What a list is narrowed to. */
export type FilterValues<F extends Filters> = { readonly [N in keyof F]: F[N]['empty'] }

export const namesOf = <F extends Filters>(filters: F): FilterName<F>[] => Object.keys(filters) as FilterName<F>[]

const entries = <F extends Filters>(filters: F) => Object.entries(filters) as [FilterName<F>, Filter][]

export const emptyOf = <F extends Filters>(filters: F): FilterValues<F> =>
  Object.fromEntries(entries(filters).map(([name, { empty }]) => [name, empty])) as FilterValues<F>

/** Parses an address. Unknown parts are dropped, so that an old or mistyped link still opens. */
export function parseFilters<F extends Filters>(filters: F, parameters: AddressParameters): FilterValues<F> {
  const read = readerOf(parameters)
  return Object.fromEntries(entries(filters).map(([name, filter]) => [name, filter.parse(read)])) as FilterValues<F>
}

/** Only the filters that narrow, always in the same order. */
export function writeFilters<F extends Filters>(filters: F, values: FilterValues<F>): URLSearchParams {
  return new URLSearchParams(
    entries(filters).flatMap(([name, filter]) =>
      filter.write(values[name] as never).map(([key, value]) => [key, value]),
    ),
  )
}

export const isSet = (filter: Filter, value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== filter.empty

/** The filters that narrow. */
export const setNames = <F extends Filters>(filters: F, values: FilterValues<F>): FilterName<F>[] =>
  namesOf(filters).filter((name) => isSet(filters[name] as Filter, values[name]))

export const isAnySet = <F extends Filters>(filters: F, values: FilterValues<F>): boolean =>
  setNames(filters, values).length > 0
