import type { CalendarDay, CalendarVersion, Interval, Weekly, WorkingCalendar } from './working-time.ts'
import { dayOfDate, isoWeekday } from './zoned-days.ts'

/** Length of a working day if the calendar does not define one: 8 hours, as in the city's rule book. */
const officialDayMinutes = 480

/** The hours of a calendar day by day, before they become instants. */
export type OfficeHours = {
  intervalsOn(day: number): Interval[]
  /** Length of an ordinary working day of the version in force (else the nearest), in minutes. */
  usualMinutesOn(day: number): number
  /** There are no hours before `firstDay` or after `lastDay`; infinite if a version has no end. */
  firstDay: number
  lastDay: number
}

type Version = { from: number; to: number; weekly: Weekly; usualMinutes: number }

/** Sorted, without overlaps, limited to the day. */
function tidy(intervals: readonly Interval[]): Interval[] {
  const tidied: Interval[] = []
  for (const [start, end] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(0, start)
    const to = Math.min(1440, end)
    const last = tidied.at(-1)
    if (to <= from) continue
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else tidied.push([from, to])
  }
  return tidied
}

function without(open: Interval[], closed: readonly Interval[]): Interval[] {
  return tidy(closed).reduce(
    (left, [start, end]) =>
      left.flatMap(([from, to]): Interval[] => [
        [from, Math.min(to, start)],
        [Math.max(from, end), to],
      ]),
    open,
  )
}

const lengthOf = (intervals: Interval[]) => intervals.reduce((sum, [from, to]) => sum + to - from, 0)

const weekdays = ['1', '2', '3', '4', '5', '6', '7']

function usualHours(weekly: Weekly): Interval[] {
  return weekdays.map((weekday) => tidy(weekly[weekday] ?? [])).find((hours) => hours.length > 0) ?? []
}

/** The most common length of a weekday; of two equally common ones the longer. */
function usualMinutes(weekly: Weekly): number {
  const counts = new Map<number, number>()
  for (const weekday of weekdays) {
    const length = lengthOf(tidy(weekly[weekday] ?? []))
    if (length > 0) counts.set(length, (counts.get(length) ?? 0) + 1)
  }
  const [usual] = [...counts].sort(([a, timesA], [b, timesB]) => timesB - timesA || b - a)
  return usual?.[0] ?? officialDayMinutes
}

function versionsOf(versions: CalendarVersion[]): Version[] {
  const ordered = [...versions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  return ordered.map(({ validFrom, validTo, weekly }) => ({
    from: dayOfDate(validFrom),
    to: validTo === null ? Number.POSITIVE_INFINITY : dayOfDate(validTo),
    weekly,
    usualMinutes: usualMinutes(weekly),
  }))
}

/** The last day for which a version can give hours: one without end is ended by a later one without end. */
function lastDayOf(version: Version, versions: Version[]): number {
  if (usualHours(version.weekly).length === 0) return Number.NEGATIVE_INFINITY
  const endless = versions.findLast(({ to }) => to === Number.POSITIVE_INFINITY)
  if (version.to !== Number.POSITIVE_INFINITY || !endless || endless === version) return version.to
  return endless.from - 1
}

export function officeHours(calendar: WorkingCalendar): OfficeHours {
  const versions = versionsOf(calendar.versions)
  const exceptions = new Map<number, CalendarDay[]>()
  for (const entry of calendar.days) {
    const day = dayOfDate(entry.date)
    exceptions.set(day, [...(exceptions.get(day) ?? []), entry])
  }
  const worked = calendar.days.filter(({ kind }) => kind === 'working').map(({ date }) => dayOfDate(date))

  /** If two versions overlap, the one that began later. */
  const inForce = (day: number) => versions.findLast(({ from, to }) => from <= day && day <= to)

  return {
    intervalsOn(day) {
      const version = inForce(day)
      const entries = exceptions.get(day)
      if (!entries) return tidy(version?.weekly[isoWeekday(day)] ?? [])
      const closures = entries.filter(({ kind }) => kind === 'closed')
      if (closures.some(({ intervals }) => intervals === null)) return []
      const openings = entries.filter(({ kind }) => kind === 'working')
      const open =
        openings.length > 0
          ? openings.flatMap(({ intervals }) => intervals ?? (version ? usualHours(version.weekly) : []))
          : (version?.weekly[isoWeekday(day)] ?? [])
      return tidy(
        without(
          tidy(open),
          closures.flatMap(({ intervals }) => intervals ?? []),
        ),
      )
    },
    usualMinutesOn(day) {
      const version = inForce(day) ?? versions.findLast(({ from }) => from <= day) ?? versions[0]
      return version?.usualMinutes ?? officialDayMinutes
    },
    firstDay: Math.min(...versions.map(({ from }) => from), ...worked),
    lastDay: Math.max(...versions.map((version) => lastDayOf(version, versions)), ...worked),
  }
}
