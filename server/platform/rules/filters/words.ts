import type { DayRange } from './day-range.ts'
import { type FilterName, type Filters, type FilterValues, isSet } from './filters.ts'
import { type Filter, type InstantAs, splitTags } from './kinds.ts'
import { nameIn, type Things } from './things.ts'

/** Full keys of messages: `reports.queue.filters.state`. A test looks each of them up in every language. */
type Key = string
type Labelled = {
  readonly label: Key
  readonly hint?: Key
  /** Not in the form: it is set in the search box or by a separate control. */
  readonly isChipOnly?: true
}
/** What a screen must know about a filter besides its kind. */
type WordsOf<K extends Filter> = Labelled &
  (K['kind'] extends 'choice' | 'one' | 'instantAs'
    ? {
        /** The key under which each value, or way, has its word: `reports.states`. */
        readonly of: Key
        /** One word for exactly these values together. */
        readonly together?: { readonly values: readonly string[]; readonly word: Key }
      }
    : K['kind'] extends 'yesNo'
      ? { readonly yes: Key; readonly no: Key }
      : K['kind'] extends 'id'
        ? K extends { words: readonly (infer Word extends string)[] }
          ? [Word] extends [never]
            ? unknown
            : { readonly words: Readonly<Record<Word, Key>> }
          : unknown
        : unknown)

/** The words of each filter, in the order of chips and form. Null: the list draws its chip and field itself. */
export type FilterWords<F extends Filters> = { readonly [N in keyof F]: WordsOf<F[N]> | null }

export type Say = (key: string, values?: Record<string, string | number>) => string
export type Speaking = {
  say: Say
  things: Things | undefined
  isEnglish: boolean
  day: (day: string) => string
  moment: (at: Date) => string
  /** Several names as one text: shortened on a chip, complete in a file. */
  join: (names: readonly string[]) => string
}
export type FilterLine<N extends string> = { name: N; label: string; value: string }

/** The words of any filter, for what draws all kinds. */
export type LooseWords = Labelled & {
  of?: Key
  together?: { values: readonly string[]; word: Key }
  yes?: Key
  no?: Key
  words?: Readonly<Record<string, Key>>
}

/** Each filter that is set, as text: for chips, the summary of a saved view and the sheet of a file. */
export function filterLines<F extends Filters>(
  filters: F,
  words: FilterWords<F>,
  values: FilterValues<F>,
  speaking: Speaking,
): FilterLine<FilterName<F>>[] {
  return (Object.entries(words) as [FilterName<F>, LooseWords | null][]).flatMap(([name, said]) => {
    const filter = filters[name] as Filter
    const value: unknown = values[name]
    if (said === null || !isSet(filter, value)) return []
    return [{ name, label: speaking.say(said.label), value: valueIn(filter, said, value, speaking) }]
  })
}

function valueIn(filter: Filter, said: LooseWords, value: unknown, speaking: Speaking): string {
  const { say, things, isEnglish, join } = speaking
  const thing = (id: unknown): string => {
    const named = 'of' in filter ? things?.[filter.of] : undefined
    const found = named?.find((each) => each.id === id)
    if (found) return found.shortName ?? nameIn(found, isEnglish)
    const word = said.words?.[String(id)]
    if (word) return say(word)
    if ('format' in filter && filter.format.isTelling) return String(id)
    // The names of the ids are not loaded yet.
    return named ? say('common.filter.unknown') : '…'
  }
  switch (filter.kind) {
    case 'text':
      return `“${value}”`
    case 'choice': {
      const chosen = value as readonly string[]
      const { together } = said
      const isWhole =
        together?.values.length === chosen.length && together.values.every((each) => chosen.includes(each))
      return together && isWhole ? say(together.word) : join(chosen.map((each) => say(`${said.of}.${each}`)))
    }
    case 'one':
      return say(`${said.of}.${value}`)
    case 'ids':
      return join((value as readonly unknown[]).map(thing))
    case 'id':
      return thing(value)
    case 'dayRange':
      return rangeIn(value as DayRange, speaking)
    case 'yesNo':
      return say((value ? said.yes : said.no) ?? said.label)
    case 'tags': {
      const { wanted, excluded } = splitTags(value as readonly string[])
      return join([...wanted, ...excluded.map((tag) => say('common.filter.withoutTag', { tag }))])
    }
    case 'instantAs': {
      const { way, at } = value as InstantAs<string>
      return say(`${said.of}.${way}`, { at: speaking.moment(new Date(at)) })
    }
  }
}

function rangeIn({ from, to }: DayRange, { say, day }: Speaking): string {
  if (from && to && from !== to) return say('common.filter.range', { from: day(from), to: day(to) })
  if (from && to) return say('common.filter.on', { from: day(from) })
  return from ? say('common.filter.since', { from: day(from) }) : say('common.filter.until', { to: day(to ?? '') })
}
