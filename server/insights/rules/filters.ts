import { type AddressParameters, addressWith, readerOf } from '#server/platform/rules/filters/address.ts'
import { formatRange, parseRange } from '#server/platform/rules/filters/day-range.ts'
import {
  emptyOf,
  type FilterName,
  type Filters,
  type FilterValues,
  isAnySet,
  parseFilters,
  setNames,
  writeFilters,
} from '#server/platform/rules/filters/filters.ts'
import { code, number, slug, uuid } from '#server/platform/rules/filters/ids.ts'
import { id, instantAs, one } from '#server/platform/rules/filters/kinds.ts'
import type { Things } from '#server/platform/rules/filters/things.ts'
import type { FilterWords } from '#server/platform/rules/filters/words.ts'
import { type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { channels, severities } from '#server/reports/rules/lifecycle.ts'

export const periodPresets = [
  'today',
  'yesterday',
  'week',
  'last_week',
  'month',
  'last_month',
  'quarter',
  'year',
  '7d',
  '30d',
  '90d',
  'launch',
] as const
export type PeriodPreset = (typeof periodPresets)[number]

/**
 * What the figures are compared with: the period before, the same weekdays before, the same days a year ago, another
 * agency, nothing.
 */
export const comparisons = ['previous', 'weekdays', 'year', 'agency', 'none'] as const
export type Comparison = (typeof comparisons)[number]

/** A preset, or free local days, both included. */
export type Period = PeriodPreset | { from: LocalDay; to: LocalDay }

/**
 * The filters of every card of the board. An agency covers its subtree, a category all below it. Stored links to
 * figures hold their parameters: add to them, never rename one.
 */
export const boardFilters = {
  agency: id('agency', slug, { of: 'agencies' }),
  area: id('area', number, { of: 'areas' }),
  category: id('category', code, { of: 'categories' }),
  channel: one('channel', channels),
  severity: one('severity', severities),
  incident: id('incident', uuid, { of: 'incidents' }),
} as const satisfies Filters

const key = (name: string) => `board.filters.${name}`

export const boardFilterWords = {
  agency: { label: key('agency'), hint: key('agencyHint') },
  category: { label: key('category') },
  area: { label: key('area') },
  incident: { label: key('incident') },
  channel: { label: key('channel'), of: 'reports.channels' },
  severity: { label: key('severity'), of: 'reports.severities' },
} as const satisfies FilterWords<typeof boardFilters>

/** What the figures are compared with. It narrows nothing. */
export const boardComparison = {
  compare: one('compare', comparisons, { usual: 'previous' }),
  /** The agency compared with, where `compare` is `agency`. */
  comparedAgency: id('with', slug, { of: 'agencies' }),
} as const satisfies Filters

/**
 * All that the account may see, where it does not ask for what its own agency is responsible for (`ownFirst`). It
 * narrows nothing.
 */
export const boardWhose = { whose: one('whose', ['seen']) } as const satisfies Filters

/**
 * The moment whose figures are asked for, and what counts as known of it: all that is known now, or only what the log
 * had learned by then (docs/decisions, 42). Null: now. It narrows nothing.
 */
export const boardMoment = { asked: instantAs('as', ['known', 'issued']) } as const satisfies Filters

export const boardWhoseWords = {
  whose: { label: 'board.seen.label', of: 'board.seen.values', isChipOnly: true },
} as const satisfies FilterWords<typeof boardWhose>

export const boardMomentWords = {
  asked: { label: 'board.moment.label', of: 'board.moment.ways', isChipOnly: true },
} as const satisfies FilterWords<typeof boardMoment>

/** All that chips, pictures and files name. */
export const boardConditions = { ...boardFilters, ...boardWhose, ...boardMoment } as const
export const boardConditionWords = { ...boardFilterWords, ...boardWhoseWords, ...boardMomentWords } as const

export type BoardFilters = FilterValues<typeof boardConditions> &
  FilterValues<typeof boardComparison> & { readonly period: Period }

export const noBoardFilters: BoardFilters = { period: '30d', ...emptyOf(boardComparison), ...emptyOf(boardConditions) }

/** The moment up to which the log is read, where later entries must not count; null: all that is known now. */
export const issuedAtOf = ({ asked }: Pick<BoardFilters, 'asked'>): Date | null =>
  asked?.way === 'issued' ? new Date(asked.at) : null

/** The moment that is asked for; nothing is known of one in the future. */
export function momentAsked({ asked }: Pick<BoardFilters, 'asked'>, now: Date): Date {
  const at = asked ? new Date(asked.at) : now
  return at < now ? at : now
}

/** Reads the board from an address. Unknown values are dropped: an old or mistyped link still opens. */
export function parseBoard(parameters: AddressParameters): BoardFilters {
  const { compare, comparedAgency } = parseFilters(boardComparison, parameters)
  return {
    period: parsePeriod(readerOf(parameters)('period')[0] ?? '') ?? noBoardFilters.period,
    compare: compare === 'agency' && !comparedAgency ? noBoardFilters.compare : compare,
    comparedAgency: compare === 'agency' ? comparedAgency : null,
    ...parseFilters(boardConditions, parameters),
  }
}

/** Long before the first report and long after the last. */
export const isBoardDay = (day: LocalDay): boolean => day >= '2000-01-01' && day < '2100-01-01'

/** A preset, `2026-09-01..2026-09-07` or a single day; the two ends of a range may come in either order. */
function parsePeriod(text: string): Period | null {
  const { from, to } = parseRange(text) ?? { from: null, to: null }
  if (from && to) return isBoardDay(from) && isBoardDay(to) ? { from, to } : null
  return periodPresets.find((preset) => preset === text) ?? null
}

export const formatPeriod = (period: Period): string => (typeof period === 'string' ? period : formatRange(period))

/** The shortest parameters of a board: only what differs from an untouched one, always in the same order. */
export function boardParameters({ period, compare, comparedAgency, ...filters }: BoardFilters): URLSearchParams {
  return new URLSearchParams([
    ...(period === noBoardFilters.period ? [] : [['period', formatPeriod(period)]]),
    ...writeFilters(boardComparison, { compare, comparedAgency: compare === 'agency' ? comparedAgency : null }),
    ...writeFilters(boardConditions, filters),
  ])
}

export const boardAddress = (filters: BoardFilters): string => addressWith('/insights', boardParameters(filters))

/** Whether anything narrows the board beyond its period. */
export const isNarrowed = (filters: BoardFilters): boolean => isAnySet(boardFilters, filters)

/** The filters that name one of many things, by its id. */
export type NamedFilter = {
  [N in FilterName<typeof boardFilters>]: (typeof boardFilters)[N]['kind'] extends 'id' ? N : never
}[FilterName<typeof boardFilters>]
type Name = string | { name: string; nameEn: string } | null

/** The things that the ids of a board name. An id without a name is shown as it is. */
export function boardThings(filters: BoardFilters, nameOf: (filter: NamedFilter) => Name): Things {
  const named = setNames(boardFilters, filters).flatMap((name) => {
    const filter = boardFilters[name]
    return filter.kind === 'id' ? [{ of: filter.of, id: filters[name] ?? '', name: nameOf(name as NamedFilter) }] : []
  })
  return Object.fromEntries(
    named.map(({ of, id, name }) => [
      of,
      [{ id, ...(typeof name === 'string' ? { name } : (name ?? { name: String(id) })) }],
    ]),
  )
}

/** Whether a free range names future days: nothing is counted for them. Their figures are as of their first moment. */
export const isInFuture = (period: Period, asOf: Date): boolean =>
  typeof period !== 'string' && asOf <= startOfDay(period.from)
