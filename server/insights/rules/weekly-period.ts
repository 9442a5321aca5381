import { z } from 'zod'
import type { AddressParameters } from '#server/platform/rules/filters/address.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { calendarDay } from '#server/platform/rules/moment.ts'
import { type BoardFilters, noBoardFilters } from './filters.ts'
import { mostSpans } from './jumps.ts'
import { type Edition, editions, longestRest } from './mailing.ts'
import { daysFrom, launchDay, weekdayOf } from './period.ts'

const agencyId = /^[a-z0-9-]{1,60}$/

/**
 * Identifies a report to the leadership: of the day, week or month that begins on this day, of one agency or of all
 * that the account may see. `to` is the last day of a daily one that covers the days off after its first day.
 */
export const weeklyQuestionSchema = z.object({
  edition: z.enum(editions),
  from: calendarDay(),
  to: z.optional(calendarDay()),
  agency: z.string().regex(agencyId).nullable(),
  /** Without an agency: all that the account may see, not only what its own agency is responsible for. */
  whose: z.enum(['seen']).nullish(),
})
export type WeeklyQuestion = z.output<typeof weeklyQuestionSchema>

/** The first day of the last day, week or month that ended before a day. */
export function lastEnded(edition: Edition, today: LocalDay): LocalDay {
  return before(edition, beginOf(edition, today))
}

type Days = Pick<WeeklyQuestion, 'edition' | 'from' | 'to'>

/** The last day of the day, week or month that begins on a day, or of several days. */
export const lastDayOf = ({ edition, from, to }: Days): LocalDay => to ?? dayAfter(after(edition, from), -1)

/** Whether it is of several days, of which "the day" cannot be said. */
export const isOfDays = ({ edition, to }: Days): boolean => edition === 'daily' && to !== undefined

/** The one before or after; null where it has not ended yet, or is wholly before the city's launch. */
export function stepped(shown: Days, direction: -1 | 1, today: LocalDay): LocalDay | null {
  const { edition } = shown
  const from = direction === 1 ? dayAfter(lastDayOf(shown)) : before(edition, shown.from)
  return from > lastEnded(edition, today) || lastDayOf({ edition, from }) < launchDay ? null : from
}

/**
 * What a mailing reports on a day: the period that has ended before. A daily one that rests on days off reports them on
 * the next working day, from the working day before them, so that no day is left out.
 */
export function daysOfMailing(
  { edition, onWorkingDays }: { edition: Edition; onWorkingDays: boolean },
  on: LocalDay,
  isWorkingDay: (day: LocalDay) => boolean,
): Days {
  const last = lastEnded(edition, on)
  if (edition !== 'daily' || !onWorkingDays) return { edition, from: last }
  let from = last
  while (!isWorkingDay(from)) {
    from = dayAfter(from, -1)
    // So long without a working day means that there is no calendar.
    if (from < dayAfter(last, -longestRest)) return { edition, from: last }
  }
  return from === last ? { edition, from } : { edition, from, to: last }
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
  const from = periodFrom(edition, one('from'), today)
  const to = edition === 'daily' ? lastOfDays(from, one('to'), today) : null
  return {
    edition,
    from,
    ...(to !== null && { to }),
    agency: agency && agencyId.test(agency) ? agency : null,
    ...(one('whose') === 'seen' && { whose: 'seen' as const }),
  }
}

function periodFrom(edition: Edition, text: string | null, today: LocalDay): LocalDay {
  const last = lastEnded(edition, today)
  if (!isDay(text)) return last
  const from = beginOf(edition, text)
  if (from > last) return last
  return lastDayOf({ edition, from }) < launchDay ? beginOf(edition, launchDay) : from
}

const isDay = (text: string | null): text is LocalDay =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** The last of several days that have all ended; null: it is of one day. */
function lastOfDays(from: LocalDay, text: string | null, today: LocalDay): LocalDay | null {
  const isWithin = isDay(text) && text > from && text < today && text <= dayAfter(from, longestRest)
  return isWithin ? text : null
}

/**
 * The periods before that tell what is usual in this one, the latest first: of days the same weekdays, in weeks that do
 * not overlap.
 */
export function comparableSpans(asked: Days): { from: Date; to: Date }[] {
  const { edition, from } = asked
  const length = daysFrom(from, lastDayOf(asked))
  const spans: { from: Date; to: Date }[] = []
  for (let first = from; spans.length < mostSpans; ) {
    first = edition === 'daily' ? dayAfter(first, -7 * Math.ceil(length / 7)) : before(edition, first)
    if (first < launchDay) break
    const end = edition === 'daily' ? dayAfter(first, length) : after(edition, first)
    spans.push({ from: startOfDay(first), to: startOfDay(end) })
  }
  return spans
}

export function weeklyAddress({ edition, from, to, agency, whose }: WeeklyQuestion): string {
  const parameters = new URLSearchParams({
    ...(edition !== 'weekly' && { edition }),
    from,
    ...(to && { to }),
    ...(agency && { agency }),
    ...(whose && { whose }),
  })
  return `/insights/weekly?${parameters}`
}

/** The board with the same figures. Days are compared with their weekdays: a Sunday says nothing about a Monday. */
export const boardOf = (question: WeeklyQuestion): BoardFilters => ({
  ...noBoardFilters,
  period: { from: question.from, to: lastDayOf(question) },
  compare: question.edition === 'daily' ? 'weekdays' : 'previous',
  agency: question.agency,
  whose: question.whose ?? null,
})
