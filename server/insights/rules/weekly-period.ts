import { z } from 'zod'
import type { AddressParameters } from '#server/platform/rules/filters/address.ts'
import { dayAfter, type LocalDay } from '#server/platform/rules/local-day.ts'
import { calendarDay } from '#server/platform/rules/moment.ts'
import { type BoardFilters, noBoardFilters } from './filters.ts'
import { type Edition, editions } from './mailing.ts'
import { launchDay, weekdayOf } from './period.ts'

const agencyId = /^[a-z0-9-]{1,60}$/

/**
 * Identifies a report to the leadership: of the day, week or month that begins on this day, of one agency or of all
 * that the account may see.
 */
export const weeklyQuestionSchema = z.object({
  edition: z.enum(editions),
  from: calendarDay(),
  agency: z.string().regex(agencyId).nullable(),
})
export type WeeklyQuestion = z.output<typeof weeklyQuestionSchema>

/** The first day of the last day, week or month that ended before a day. */
export function lastEnded(edition: Edition, today: LocalDay): LocalDay {
  return before(edition, beginOf(edition, today))
}

/** The last day of the day, week or month that begins on a day. */
export const lastDayOf = (edition: Edition, from: LocalDay): LocalDay => dayAfter(after(edition, from), -1)

/** The one before or after; null where it has not ended yet, or is wholly before the city's launch. */
export function stepped(edition: Edition, from: LocalDay, direction: -1 | 1, today: LocalDay): LocalDay | null {
  const next = direction === 1 ? after(edition, from) : before(edition, from)
  return next > lastEnded(edition, today) || lastDayOf(edition, next) < launchDay ? null : next
}

/** Days to add to the first day of a period to get into the next. */
const mostDays = { daily: 1, weekly: 7, monthly: 31 } as const satisfies Record<Edition, number>

const after = (edition: Edition, from: LocalDay): LocalDay => beginOf(edition, dayAfter(from, mostDays[edition]))
const before = (edition: Edition, from: LocalDay): LocalDay => beginOf(edition, dayAfter(from, -1))

function beginOf(edition: Edition, day: LocalDay): LocalDay {
  if (edition === 'daily') return day
  return edition === 'weekly' ? dayAfter(day, 1 - weekdayOf(day)) : `${day.slice(0, 8)}01`
}

/**
 * Parses an address. A day within a period stands for that period; a period that has not ended, or an invalid day,
 * becomes the last one that has.
 */
export function parseWeekly(parameters: AddressParameters, today: LocalDay): WeeklyQuestion {
  const one = (name: string): string | null => {
    const value = parameters[name]
    return (typeof value === 'string' ? value : value?.[0]) ?? null
  }
  const edition = editions.find((each) => each === one('edition')) ?? 'weekly'
  const agency = one('agency')
  return {
    edition,
    from: periodFrom(edition, one('from'), today),
    agency: agency && agencyId.test(agency) ? agency : null,
  }
}

function periodFrom(edition: Edition, text: string | null, today: LocalDay): LocalDay {
  const last = lastEnded(edition, today)
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return last
  const from = beginOf(edition, text)
  if (from > last) return last
  return lastDayOf(edition, from) < launchDay ? beginOf(edition, launchDay) : from
}

export function weeklyAddress({ edition, from, agency }: WeeklyQuestion): string {
  const parameters = new URLSearchParams({ ...(edition !== 'weekly' && { edition }), from, ...(agency && { agency }) })
  return `/insights/weekly?${parameters}`
}

/** The board with the same figures. A day is compared with its weekday: a Sunday says nothing about a Monday. */
export const boardOf = ({ edition, from, agency }: WeeklyQuestion): BoardFilters => ({
  ...noBoardFilters,
  period: { from, to: lastDayOf(edition, from) },
  compare: edition === 'daily' ? 'weekdays' : 'previous',
  agency,
})
