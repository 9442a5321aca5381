import { dayAfter, type LocalDay } from '../local-day.ts'
import { type DayRange, parseRange } from './day-range.ts'
import type { Filters, FilterValues } from './filters.ts'
import type { Filter, Spelled } from './kinds.ts'
import { named, squashed, type Things } from './things.ts'

/** The names that a value may refer to, limited to what the account may choose. */
export type Vocabulary = { things: Things; today: LocalDay }
/** The content of a search box: filters for the operators understood, and the remaining words. */
export type TypedSearch<F extends Filters> = { words: string; filters: Partial<FilterValues<F>> }

const token = /(?<![\p{L}\p{N}])(-?)([\p{L}\p{M}_-]+):(?:"([^"]*)"?|“([^”]*)”?|(\S+))/gu

/** Extracts the operators from the typed text. An unknown operator stays among the words. */
export function readTyped<F extends Filters>(filters: F, text: string, vocabulary: Vocabulary): TypedSearch<F> {
  const found: Record<string, unknown> = {}
  const words = text.normalize('NFC').replace(token, (whole, minus: string, key: string, ...values) => {
    const value = (values.slice(0, 3).find((each) => each !== undefined) as string).trim()
    const read = Object.entries(filters)
      .filter(([, filter]) => value !== '' && filter.typed.includes(squashed(key)))
      .flatMap(([name, filter]) => {
        const one = typedValue(filter, value, minus === '-', vocabulary)
        return one === null || (Array.isArray(one) && one.length === 0) ? [] : [[name, one] as const]
      })
    // Several values of one operator are combined; a filter with a single value takes the last.
    for (const [name, one] of read) {
      const before = found[name]
      found[name] = Array.isArray(before) && Array.isArray(one) ? [...new Set([...before, ...one])] : one
    }
    return read.length > 0 ? ' ' : whole
  })
  return { words: words.replace(/\s+/g, ' ').trim(), filters: found as Partial<FilterValues<F>> }
}

/** The filter value of a typed value; null or undefined if it means none. */
function typedValue(filter: Filter, value: string, isNot: boolean, { things, today }: Vocabulary): unknown {
  if (filter.kind === 'tags') return [isNot ? `-${value}` : value]
  if (filter.kind === 'yesNo')
    return filter.spelled.includes(squashed(value)) && !(isNot && filter.onlyYes) ? !isNot : null
  if (isNot) return null
  const parts = value.split(',').map(squashed)
  switch (filter.kind) {
    case 'text':
    case 'instantAs':
      return null
    case 'choice':
      return parts.flatMap((part) => spelledAs(filter, part))
    case 'one':
      return parts.flatMap((part) => spelledAs(filter, part)).at(-1) ?? null
    case 'ids':
      return named(things[filter.of] ?? [], parts).map(({ id }) => id)
    case 'id':
      return (
        spelledAs({ values: filter.words, spelled: filter.spelled }, parts[0] ?? '')[0] ??
        named(things[filter.of] ?? [], parts)[0]?.id ??
        null
      )
    case 'dayRange':
      return rangeOf(value, today)
  }
}

function spelledAs(
  { values, spelled }: { values: readonly string[]; spelled: Spelled<string> },
  part: string,
): readonly string[] {
  const other = Object.hasOwn(spelled, part) ? spelled[part] : undefined
  if (other !== undefined) return typeof other === 'string' ? [other] : other
  return values.filter((value) => squashed(value) === part)
}

function rangeOf(value: string, today: LocalDay): DayRange | null {
  const word = squashed(value)
  if (word === 'today' || word === 'homnay') return { from: today, to: today }
  if (word === 'yesterday' || word === 'homqua') return { from: dayAfter(today, -1), to: dayAfter(today, -1) }
  const days = /^(\d{1,3})(?:d|ngay)$/.exec(word)?.[1]
  if (days) return { from: dayAfter(today, 1 - Math.max(1, Number(days))), to: today }
  return parseRange(value.replace(/(\d{1,2})\/(\d{1,2})\/(\d{4})/g, asLocalDay))
}

const asLocalDay = (_: string, day: string, month: string, year: string) =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
