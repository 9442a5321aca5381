import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { type BoardFilters, issuedAtOf, type Period } from './filters.ts'

/** The city's launch of iHanoi: before it there are no figures. */
export const launchDay: LocalDay = '2024-06-28'

export type Grain = 'day' | 'week' | 'month'

/**
 * A range of local days with the moment of its figures: `[from, to)`, and what had happened by `asOf`. While the
 * requested period is in progress (`isPartial`), nothing after that moment counts, neither in it nor in the one it is
 * compared with.
 */
export type Span = {
  from: Date
  to: Date
  asOf: Date
  isPartial: boolean
  /** As issued at this moment: nothing counts that the log learned of later. */
  issuedAt?: Date | null
}

type Reopenings = Pick<Span, 'asOf' | 'isPartial' | 'issuedAt'>

/** Up to when reopenings are known that the period counts, though they may come after it; null: up to now. */
export const reopenedBy = ({ asOf, isPartial, issuedAt }: Reopenings): Date | null =>
  issuedAt ?? (isPartial ? asOf : null)

/**
 * The period of a board as instants. A period that is not over is compared with the same elapsed part of the other one;
 * one that is over is frozen: its figures are those of its last moment.
 */
export type ResolvedPeriod = Span & {
  /** First and last local day, both included. */
  fromDay: LocalDay
  toDay: LocalDay
  comparedFrom: Date | null
  comparedTo: Date | null
  comparedAsOf: Date | null
  grain: Grain
}

type Asked = Pick<BoardFilters, 'period' | 'compare'> & Partial<Pick<BoardFilters, 'asked'>>

export function resolvePeriod(filters: Asked, now: Date): ResolvedPeriod {
  const today = localDayOf(now)
  const [fromDay, toDay] = daysOf(filters.period, today)
  const from = startOfDay(fromDay)
  const to = startOfDay(dayAfter(toDay))
  const isPartial = now < to
  // A future range has had no moment yet: it is empty as of its first.
  const asOf = isPartial ? (now < from ? from : now) : to
  const other = comparedDays(filters, fromDay, toDay)
  const compared = other && comparedSpan(other, { from, asOf, isPartial })
  const issuedAt = issuedAtOf({ asked: filters.asked ?? null })
  return {
    from,
    to,
    asOf,
    issuedAt,
    fromDay,
    toDay,
    isPartial,
    grain: grainOf(fromDay, toDay),
    ...(compared ?? nothing),
  }
}

const nothing = { comparedFrom: null, comparedTo: null, comparedAsOf: null }

const minute = 60_000

function comparedSpan(
  [first, last]: [LocalDay, LocalDay],
  { from, asOf, isPartial }: Pick<Span, 'from' | 'asOf' | 'isPartial'>,
) {
  const comparedFrom = startOfDay(first)
  const end = startOfDay(dayAfter(last))
  const time = asOf.getTime() - from.getTime()
  // To the minute, so that boards that are looked at together compare with the same moment of another period.
  const isToTheMinute = first !== localDayOf(from) && time >= minute
  const elapsed = new Date(comparedFrom.getTime() + (isToTheMinute ? time - (time % minute) : time))
  const comparedTo = isPartial && elapsed < end ? elapsed : end
  return { comparedFrom, comparedTo, comparedAsOf: comparedTo }
}

function daysOf(period: Period, today: LocalDay): [LocalDay, LocalDay] {
  if (typeof period !== 'string') return [period.from, period.to]
  switch (period) {
    case 'today':
      return [today, today]
    case 'yesterday':
      return [dayAfter(today, -1), dayAfter(today, -1)]
    case 'week':
      return weekFrom(dayAfter(today, 1 - weekdayOf(today)))
    case 'last_week':
      return weekFrom(dayAfter(today, -6 - weekdayOf(today)))
    case 'month':
      return monthsFrom(firstOfMonth(today), 1)
    case 'last_month':
      return monthsFrom(monthsLater(firstOfMonth(today), -1), 1)
    case 'quarter': {
      const month = Number(today.slice(5, 7))
      return monthsFrom(`${today.slice(0, 5)}${twoDigits(month - ((month - 1) % 3))}-01`, 3)
    }
    case 'year':
      return monthsFrom(`${today.slice(0, 4)}-01-01`, 12)
    case 'launch':
      return [launchDay, today < launchDay ? launchDay : today]
    default:
      return [dayAfter(today, 1 - Number.parseInt(period, 10)), today]
  }
}

const weekFrom = (monday: LocalDay): [LocalDay, LocalDay] => [monday, dayAfter(monday, 6)]

/** The days compared with; null where there is nothing before. */
function comparedDays(
  { period, compare }: Pick<BoardFilters, 'period' | 'compare'>,
  from: LocalDay,
  to: LocalDay,
): [LocalDay, LocalDay] | null {
  switch (compare) {
    case 'none':
      return null
    case 'agency':
      return [from, to]
    case 'year':
      return [yearsLater(from, -1), yearsLater(to, -1)]
    case 'weekdays': {
      if (period === 'launch') return null
      const back = -7 * Math.ceil(daysFrom(from, to) / 7)
      return [dayAfter(from, back), dayAfter(to, back)]
    }
    case 'previous':
      if (period === 'launch') return null
      if (period === 'month') return monthsFrom(monthsLater(from, -1), 1)
      if (period === 'quarter') return monthsFrom(monthsLater(from, -3), 3)
      if (period === 'year') return monthsFrom(monthsLater(from, -12), 12)
      return wholeMonths(from, to) ?? [dayAfter(from, -daysFrom(from, to)), dayAfter(from, -1)]
  }
}

/** Days chosen freely that are whole months are compared with as many months before, as the presets are. */
function wholeMonths(from: LocalDay, to: LocalDay): [LocalDay, LocalDay] | null {
  const next = dayAfter(to)
  if (!from.endsWith('-01') || !next.endsWith('-01')) return null
  const months = stepOf(next, 'month') - stepOf(from, 'month')
  return monthsFrom(monthsLater(from, -months), months)
}

const dayMillis = 86_400_000
export const daysFrom = (from: LocalDay, to: LocalDay): number => (Date.parse(to) - Date.parse(from)) / dayMillis + 1

/** Up to two months by days, up to eight months by weeks, then by months. */
export function grainOf(from: LocalDay, to: LocalDay): Grain {
  const days = daysFrom(from, to)
  return days <= 62 ? 'day' : days <= 244 ? 'week' : 'month'
}

/** One step of a time chart; its first and last local day, both included, cut to the period. */
export type Bucket = { from: LocalDay; to: LocalDay }

/** The steps of a period: days, weeks from Monday, or months. The first and the last may be cut short. */
export function bucketsOf(from: LocalDay, to: LocalDay, grain: Grain = grainOf(from, to)): Bucket[] {
  const buckets: Bucket[] = []
  for (let day = from; day <= to; ) {
    const end = lastOf(day, grain)
    buckets.push({ from: day, to: end < to ? end : to })
    day = dayAfter(end)
  }
  return buckets
}

function lastOf(day: LocalDay, grain: Grain): LocalDay {
  if (grain === 'day') return day
  return grain === 'week' ? dayAfter(day, 7 - weekdayOf(day)) : dayAfter(monthsLater(firstOfMonth(day), 1), -1)
}

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: LocalDay): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1

const twoDigits = (number: number) => String(number).padStart(2, '0')
export const firstOfMonth = (day: LocalDay): LocalDay => `${day.slice(0, 8)}01`

/** The first of another month. */
function monthsLater(first: LocalDay, months: number): LocalDay {
  const at = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 + months
  return `${Math.floor(at / 12)}-${twoDigits((at % 12) + 1)}-01`
}

export const monthAfter = (first: LocalDay): LocalDay => monthsLater(first, 1)

const monthsFrom = (first: LocalDay, months: number): [LocalDay, LocalDay] => [
  first,
  dayAfter(monthsLater(first, months), -1),
]

/** The same date of another year; 29 February becomes the 28th. */
function yearsLater(day: LocalDay, years: number): LocalDay {
  const year = Number(day.slice(0, 4)) + years
  const same = `${year}${day.slice(4)}`
  return day.endsWith('-02-29') && !isLeap(year) ? `${year}-02-28` : same
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

export const laterOf = (a: Date, b: Date): Date => new Date(Math.max(a.getTime(), b.getTime()))
export const earlierOf = (a: Date, b: Date): Date => new Date(Math.min(a.getTime(), b.getTime()))

/** The step that contains a local day, numbered as in the database: days since 1970, weeks from Monday, months. */
export const stepOf = (day: LocalDay, grain: Grain): number =>
  stepOfDay(Date.parse(`${day}T00:00:00Z`) / dayMillis, grain)

/** The same for a day given as its number since 1970. */
export function stepOfDay(days: number, grain: Grain): number {
  if (grain === 'day') return days
  if (grain === 'week') return Math.floor((days + 3) / 7)
  const first = new Date(days * dayMillis)
  return first.getUTCFullYear() * 12 + first.getUTCMonth()
}

/** The local day with this number since 1970. */
export const dayOfStep = (days: number): LocalDay => dayAfter('1970-01-01', days)
