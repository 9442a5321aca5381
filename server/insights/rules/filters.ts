import { z } from 'zod'
import type { AddressParameters } from '#server/platform/rules/filters/address.ts'
import { type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { type Channel, channels, type Severity, severities } from '#server/reports/rules/lifecycle.ts'

export const periodPresets = ['today', 'week', 'month', 'quarter', 'year', '7d', '30d', '90d', 'launch'] as const
export type PeriodPreset = (typeof periodPresets)[number]

/** What the figures are compared with: the period before, the same weekdays before, the same days a year ago, another agency, nothing. */
export const comparisons = ['previous', 'weekdays', 'year', 'agency', 'none'] as const
export type Comparison = (typeof comparisons)[number]

/** A preset, or free local days, both included. */
export type Period = PeriodPreset | { from: LocalDay; to: LocalDay }

/** What every card of the board is narrowed to. An agency stands for its subtree, a category for all below it. */
export type BoardFilters = {
  period: Period
  compare: Comparison
  /** The agency compared with, where `compare` is `agency`. */
  comparedAgency: string | null
  agency: string | null
  area: number | null
  category: string | null
  channel: Channel | null
  severity: Severity | null
  incident: string | null
}

export const noBoardFilters: BoardFilters = {
  period: '30d',
  compare: 'previous',
  comparedAgency: null,
  agency: null,
  area: null,
  category: null,
  channel: null,
  severity: null,
  incident: null,
}

const agencyId = /^[a-z0-9-]{1,60}$/
const categoryCode = /^[A-Za-z0-9-]{1,20}$/
export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2100-01-01')

/** The filters as a procedure takes them. */
export const boardFiltersSchema = z.object({
  period: z.union([z.enum(periodPresets), z.object({ from: day, to: day }).refine(({ from, to }) => from <= to)]),
  compare: z.enum(comparisons),
  comparedAgency: z.string().regex(agencyId).nullable(),
  agency: z.string().regex(agencyId).nullable(),
  area: z.number().int().positive().nullable(),
  category: z.string().regex(categoryCode).nullable(),
  channel: z.enum(channels).nullable(),
  severity: z.enum(severities).nullable(),
  incident: z.uuid().nullable(),
})

const oneOf = <T extends string>(values: readonly T[], value: string | null): T | null =>
  values.includes(value as T) ? (value as T) : null
const like = (pattern: RegExp, value: string | null): string | null => (value && pattern.test(value) ? value : null)

/** Reads the filters from an address. What it does not understand it drops: an old or mistyped link still opens. */
export function parseBoard(parameters: AddressParameters): BoardFilters {
  const one = (name: string): string | null => {
    const value = parameters[name]
    return (typeof value === 'string' ? value : value?.[0]) ?? null
  }
  const comparedAgency = like(agencyId, one('with'))
  const compare = oneOf(comparisons, one('compare'))
  const area = one('area')
  return {
    period: parsePeriod(one('period')) ?? noBoardFilters.period,
    compare: compare === 'agency' && !comparedAgency ? noBoardFilters.compare : (compare ?? noBoardFilters.compare),
    comparedAgency: compare === 'agency' ? comparedAgency : null,
    agency: like(agencyId, one('agency')),
    area: area && /^[1-9]\d{0,8}$/.test(area) ? Number(area) : null,
    category: like(categoryCode, one('category')),
    channel: oneOf(channels, one('channel')),
    severity: oneOf(severities, one('severity')),
    incident: like(uuid, one('incident')),
  }
}

/** A preset, `2026-09-01..2026-09-07` or a single day; the two ends of a range may come in either order. */
function parsePeriod(text: string | null): Period | null {
  const preset = oneOf(periodPresets, text)
  if (preset || !text) return preset
  const [first = '', last = first] = text.split('..')
  if (!day.safeParse(first).success || !day.safeParse(last).success) return null
  return first <= last ? { from: first, to: last } : { from: last, to: first }
}

export const formatPeriod = (period: Period): string =>
  typeof period === 'string' ? period : period.from === period.to ? period.from : `${period.from}..${period.to}`

/** The shortest parameters of a board: only what differs from an untouched one, always in the same order. */
export function boardParameters(filters: BoardFilters): URLSearchParams {
  const parameters = new URLSearchParams()
  const put = (name: string, value: string | number | null) => {
    if (value !== null) parameters.append(name, String(value))
  }
  const { period, compare } = filters
  put('period', period === noBoardFilters.period ? null : formatPeriod(period))
  put('compare', compare === noBoardFilters.compare ? null : compare)
  put('with', compare === 'agency' ? filters.comparedAgency : null)
  put('agency', filters.agency)
  put('area', filters.area)
  put('category', filters.category)
  put('channel', filters.channel)
  put('severity', filters.severity)
  put('incident', filters.incident)
  return parameters
}

export function boardAddress(filters: BoardFilters): string {
  const parameters = boardParameters(filters).toString()
  return parameters === '' ? '/insights' : `/insights?${parameters}`
}

/** Which filters narrow the board beyond its period, in the order they are shown. */
export const narrowingFilters = ['agency', 'area', 'category', 'channel', 'severity', 'incident'] as const
export type NarrowingFilter = (typeof narrowingFilters)[number]

export const isNarrowed = (filters: BoardFilters): boolean => narrowingFilters.some((name) => filters[name] !== null)

/** Whether a free range names days that are still to come: nothing is counted for them. Their figures are as of their first moment. */
export const isInFuture = (period: Period, asOf: Date): boolean =>
  typeof period !== 'string' && asOf <= startOfDay(period.from)
