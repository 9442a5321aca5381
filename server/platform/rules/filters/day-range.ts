import type { LocalDay } from '../local-day.ts'

/** Local days, both included; an open end is null. */
export type DayRange = { readonly from: LocalDay | null; readonly to: LocalDay | null }

/** The same years as `calendarDay`, so that the procedure accepts what the address accepts. */
const [firstYear, lastYear] = ['1900', '2199']

export function dayOf(text: string): LocalDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.slice(0, 4) < firstYear || text.slice(0, 4) > lastYear) return null
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null
}

/** The two ends may come in either order; null where both are open. */
export function rangeBetween(from: LocalDay | null, to: LocalDay | null): DayRange | null {
  if (from === null && to === null) return null
  return from && to && from > to ? { from: to, to: from } : { from, to }
}

/** `2026-09-01..2026-09-07`, open at either end, or a single day. */
export function parseRange(text: string): DayRange | null {
  const [first = '', last = first] = text.split('..')
  return rangeBetween(dayOf(first), dayOf(last))
}

export const formatRange = ({ from, to }: DayRange): string =>
  from === to ? (from ?? '') : `${from ?? ''}..${to ?? ''}`
