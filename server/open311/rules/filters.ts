import { apiLimits } from '#server/platform/rules/limits.ts'
import { aheadOfUtc } from '#server/platform/rules/local-day.ts'
import { badRequest, type StandardError, StandardRefusal } from './standard-errors.ts'
import type { RequestStatus } from './status.ts'

type Span = { from: Date; to: Date }

export type RequestFilter = {
  /** These requests, whatever the other filters say; null for a search. */
  ids: readonly string[] | null
  serviceCodes: readonly string[] | null
  statuses: readonly RequestStatus[] | null
  /** When they were received; null where the time of the last change is asked. */
  requested: Span | null
  updated: Span | null
  page: number
  pageSize: number
}

const day = 86_400_000
const { days, ids: mostIds } = apiLimits.list

/**
 * The filters of a list as the standard says: ids before everything else, dates of at most 90 days, by default the last
 * 90 or `usualDays`. `updated_after`, `updated_before`, `page` and `page_size` are common extensions. Unknown ones
 * are ignored.
 */
export function readFilter(
  query: URLSearchParams,
  now: Date,
  { requests, deepest, usualDays = days }: { requests: number; deepest: number; usualDays?: number } = apiLimits.list,
): RequestFilter {
  const errors: StandardError[] = []
  const fail = (description: string) => void errors.push(badRequest(description))
  const listOf = (name: string): string[] | null => {
    const parts = query.getAll(name).flatMap((value) => value.split(',').map((part) => part.trim()))
    const given = [...new Set(parts.filter((part) => part !== ''))]
    if (given.length > mostIds) fail(`${name} may have at most ${mostIds} values`)
    return given.length > 0 ? given : null
  }
  const timeOf = (name: string): Date | null => {
    const text = query.get(name)?.trim() ?? ''
    const time = text === '' ? null : readTime(text)
    if (text !== '' && !time) fail(`${name} must be a date and time such as 2026-09-07T01:00:00Z`)
    return time
  }
  const spanOf = (after: string, before: string, isDefault: boolean): Span | null => {
    const [from, to] = [timeOf(after), timeOf(before)]
    if (!from && !to && !isDefault) return null
    const end = to ?? new Date(Math.min(now.getTime(), (from?.getTime() ?? Number.POSITIVE_INFINITY) + days * day))
    const asked = from || to ? days : usualDays
    const span = { from: from ?? new Date(end.getTime() - asked * day), to: from && end < from ? from : end }
    if (to && from && to < from) fail(`${before} is before ${after}`)
    if (span.to.getTime() - span.from.getTime() > days * day)
      fail(`${after} and ${before} may span at most ${days} days`)
    return span
  }
  const countOf = (name: string, most: number, otherwise: number): number => {
    const text = query.get(name)?.trim() ?? ''
    if (text === '') return otherwise
    const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
    if (count < 1) fail(`${name} must be a number from 1`)
    return Math.max(1, Math.min(count, most))
  }
  const updated = spanOf('updated_after', 'updated_before', false)
  const statuses = listOf('status')?.map((status) => status.toLowerCase()) ?? null
  const known = statuses?.filter((status) => status === 'open' || status === 'closed') ?? null
  if (known?.length !== statuses?.length) fail('status must be open or closed')
  const filter: RequestFilter = {
    ids: listOf('service_request_id'),
    serviceCodes: listOf('service_code'),
    statuses: known,
    requested: spanOf('start_date', 'end_date', updated === null),
    updated,
    page: countOf('page', deepest, 1),
    pageSize: countOf('page_size', requests, requests),
  }
  if (filter.page * filter.pageSize > deepest) fail(`only the first ${deepest} requests are listed: narrow the dates`)
  if (errors.length > 0) throw new StandardRefusal(...errors)
  return filter
}

const written = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]?\d{2}:?\d{2})?)?$/i

/**
 * A time as the standard writes it. Without a zone it is Hanoi's; a `+` that was not encoded has become a space. Null
 * if it is none, or outside the years of the desk.
 */
export function readTime(text: string): Date | null {
  const [, date, time = '00:00', zone] = written.exec(text) ?? []
  if (date === undefined) return null
  const isUtc = zone?.toUpperCase() === 'Z'
  const [, sign, hours = '', minutes = ''] = /^([+-]?)(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? []
  const offset = `${sign || '+'}${hours}:${minutes}`
  const parsed = Date.parse(`${date}T${time}${zone && !isUtc ? offset : 'Z'}`)
  const instant = new Date(zone === undefined ? parsed - aheadOfUtc : parsed)
  const year = instant.getUTCFullYear()
  return year >= 1900 && year < 2200 ? instant : null
}
