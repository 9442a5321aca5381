import { normalise } from '../text.ts'
import { cut, mostValues, type Pair, type Read } from './address.ts'
import { type DayRange, dayOf, formatRange, parseRange, rangeBetween } from './day-range.ts'
import type { IdFormat } from './ids.ts'

/** What every filter has: its value when it does not narrow, and conversion to and from the address. */
type Base<Kind extends string, Value> = {
  readonly kind: Kind
  readonly empty: Value
  /** The keys of the search box that set it, folded and without hyphens. Empty: it cannot be typed. */
  readonly typed: readonly string[]
  parse(read: Read): Value
  write(value: Value): readonly Pair[]
}

export type TextFilter = Base<'text', string> & { readonly most: number }
export type ChoiceFilter<V extends string> = Base<'choice', readonly V[]> & {
  readonly values: readonly V[]
  readonly spelled: Spelled<V>
}
export type OneFilter<V extends string, Empty extends V | null> = Base<'one', V | Empty> & {
  readonly values: readonly V[]
  readonly spelled: Spelled<V>
}
export type IdsFilter<Id extends string | number> = Base<'ids', readonly Id[]> & {
  readonly format: IdFormat<Id>
  readonly of: string
}
export type IdFilter<Id extends string | number, Word extends string> = Base<'id', Id | Word | null> & {
  readonly format: IdFormat<Id>
  readonly of: string
  readonly words: readonly Word[]
  readonly spelled: Spelled<Word>
}
export type DayRangeFilter = Base<'dayRange', DayRange | null>
export type YesNoFilter = Base<'yesNo', boolean | null> & {
  /** What is typed for yes; a minus before the key means no. */
  readonly spelled: readonly string[]
  /** It can only be included, not excluded. */
  readonly onlyYes: boolean
}
export type TagsFilter = Base<'tags', readonly string[]>
/** An instant as `toISOString` writes it, and in which way it is meant. */
export type InstantAs<Way extends string> = { readonly way: Way; readonly at: string }
export type InstantAsFilter<Way extends string> = Base<'instantAs', InstantAs<Way> | null> & {
  readonly ways: readonly Way[]
}

/** Other spellings of values in the search box, folded; one may stand for several values. */
export type Spelled<V extends string> = Readonly<Record<string, V | readonly V[]>>

/** Any filter. `parse` and `write` are methods, so that each kind of its own values is one of these. */
export type Filter =
  | TextFilter
  | ChoiceFilter<string>
  | OneFilter<string, string | null>
  | IdsFilter<string | number>
  | IdFilter<string | number, string>
  | DayRangeFilter
  | YesNoFilter
  | TagsFilter
  | InstantAsFilter<string>

type Typed = { typed?: readonly string[] }

const joined = (parameter: string, values: readonly (string | number)[]): Pair[] =>
  values.length === 0 ? [] : [[parameter, values.join(',')]]
const single = (parameter: string, value: string | number | null): Pair[] =>
  value === null || value === '' ? [] : [[parameter, String(value)]]
/** Lists are written with commas; a parameter may also come several times. */
const listed = (read: Read, parameter: string): string[] =>
  [...new Set(read(parameter).flatMap((value) => value.split(',')))].slice(0, mostValues)

/** Search words, Unicode-normalised and on one line. */
export function text(parameter: string, { most = 200 }: { most?: number } = {}): TextFilter {
  return {
    kind: 'text',
    empty: '',
    typed: [],
    most,
    parse: (read) => cut(normalise(read(parameter)[0] ?? '').replace(/\s+/g, ' '), most),
    write: (value) => single(parameter, value),
  }
}

/** Any of a few values. */
export function choice<const V extends string>(
  parameter: string,
  values: readonly V[],
  { typed = [], spelled = {} }: Typed & { spelled?: Spelled<V> } = {},
): ChoiceFilter<V> {
  return {
    kind: 'choice',
    empty: [],
    typed,
    values,
    spelled,
    parse: (read) => listed(read, parameter).filter((value): value is V => values.includes(value as V)),
    write: (value) => joined(parameter, value),
  }
}

/** One of a few values. `usual`: the default if the address names none. */
export function one<const V extends string, const Usual extends V | null = null>(
  parameter: string,
  values: readonly V[],
  { usual = null as Usual, typed = [], spelled = {} }: Typed & { usual?: Usual; spelled?: Spelled<V> } = {},
): OneFilter<V, NoInfer<Usual>> {
  return {
    kind: 'one',
    empty: usual,
    typed,
    values,
    spelled,
    parse: (read) => values.find((value) => value === read(parameter)[0]) ?? usual,
    write: (value) => single(parameter, value === usual ? null : value),
  }
}

/** An instant in one of a few ways: `issued:2026-11-25T00:00:00.000Z`. */
export function instantAs<const Way extends string>(parameter: string, ways: readonly Way[]): InstantAsFilter<Way> {
  return {
    kind: 'instantAs',
    empty: null,
    typed: [],
    ways,
    parse: (read) => {
      const [text = ''] = read(parameter)
      const way = ways.find((each) => text.startsWith(`${each}:`))
      const at = way === undefined ? '' : text.slice(way.length + 1)
      // The years of `platform/rules/moment.ts`, which a procedure accepts.
      return way !== undefined && isWrittenInstant(at) && at >= '1900' && at < '2200' ? { way, at } : null
    },
    write: (value) => (value ? [[parameter, `${value.way}:${value.at}`]] : []),
  }
}

/** In the form that `toISOString` writes, of a year with four digits. The 30th of February is none. */
export function isWrittenInstant(text: string): boolean {
  const at = new Date(text)
  return /^\d{4}-/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString() === text
}

/** Any of many things, by their ids. `of`: the list of `Things` that holds their names. */
export function ids<Id extends string | number>(
  parameter: string,
  format: IdFormat<Id>,
  { of, typed = [] }: Typed & { of: string },
): IdsFilter<Id> {
  return {
    kind: 'ids',
    empty: [],
    typed,
    format,
    of,
    parse: (read) => listed(read, parameter).flatMap((value) => format.read(value) ?? []),
    write: (value) => joined(parameter, value),
  }
}

/** One of many things, by its id, or one of some words without a fixed id: `me`, `none`. */
export function id<Id extends string | number, const Word extends string = never>(
  parameter: string,
  format: IdFormat<Id>,
  {
    of,
    words = [],
    typed = [],
    spelled = {},
  }: Typed & { of: string; words?: readonly Word[]; spelled?: Spelled<Word> },
): IdFilter<Id, NoInfer<Word>> {
  return {
    kind: 'id',
    empty: null,
    typed,
    format,
    of,
    words,
    spelled,
    parse: (read) => {
      const [value = ''] = read(parameter)
      return words.find((word) => word === value) ?? format.read(value)
    },
    write: (value) => single(parameter, value),
  }
}

/** Local days. One parameter holds `from..to`, or each end has its own. */
export function dayRange(parameter: string | { from: string; to: string }, { typed = [] }: Typed = {}): DayRangeFilter {
  const ends = typeof parameter === 'string' ? null : parameter
  return {
    kind: 'dayRange',
    empty: null,
    typed,
    parse: (read) =>
      ends
        ? rangeBetween(dayOf(read(ends.from)[0] ?? ''), dayOf(read(ends.to)[0] ?? ''))
        : parseRange(read(parameter as string)[0] ?? ''),
    write: (value) =>
      ends
        ? [...single(ends.from, value?.from ?? null), ...single(ends.to, value?.to ?? null)]
        : single(parameter as string, value && formatRange(value)),
  }
}

/** Whether something holds: yes, no, or either. Without a word for no it can only be included. */
export function yesNo(
  parameter: string,
  {
    yes = 'yes',
    no = 'no',
    typed = [],
    spelled = [],
  }: Typed & { yes?: string; no?: string | null; spelled?: readonly string[] } = {},
): YesNoFilter {
  return {
    kind: 'yesNo',
    empty: null,
    typed,
    spelled,
    onlyYes: no === null,
    parse: (read) => {
      const [value] = read(parameter)
      return value === yes ? true : value !== undefined && value === no ? false : null
    },
    write: (value) => single(parameter, value === null ? null : value ? yes : no),
  }
}

const longestTag = 40

/**
 * Words of the staff. One with a minus before it is excluded.
 * Each has a separate parameter, because a tag may contain a comma.
 */
export function tags(parameter: string, { typed = [] }: Typed = {}): TagsFilter {
  return {
    kind: 'tags',
    empty: [],
    typed,
    parse: (read) => tagsIn(read(parameter)),
    write: (value) => value.map((tag) => [parameter, tag] as const),
  }
}

export const tagsIn = (texts: readonly string[]): string[] =>
  [...new Set(texts.map((tag) => cut(normalise(tag), longestTag + 1)))].filter((tag) => tag.replace(/^-/, '') !== '')

/** The included tags, and the excluded ones. */
export const splitTags = (value: readonly string[]) => ({
  wanted: value.filter((tag) => !tag.startsWith('-')),
  excluded: value.filter((tag) => tag.startsWith('-')).map((tag) => tag.slice(1)),
})
