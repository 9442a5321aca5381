import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { clocksThen } from './clocks-then.ts'
import { knownAtOf, recordedAtOf } from './known.ts'
import { headBefore, type LoggedReport } from './versions.ts'

/**
 * A report as the log had it at a moment: without the events that it learned of later, whenever these took effect. Null
 * where it did not know the report yet.
 */
export function asRecorded(
  report: LoggedReport,
  moment: Date,
  timeOf: (calendarId: string) => WorkingTime,
): LoggedReport | null {
  const knownAt = knownAtOf(report)
  if (knownAt && knownAt > moment) return null
  const known = report.events.filter((event) => recordedAtOf(event) <= moment)
  const later = report.events.filter((event) => recordedAtOf(event) > moment)
  // An instant of a clock is known with the event that set it.
  const knownInstants = new Set(known.map(({ at }) => at.getTime()))
  const unknown = new Set(later.map(({ at }) => at.getTime()).filter((at) => !knownInstants.has(at)))
  const isPast = (instant: Date) => instant <= moment && !unknown.has(instant.getTime())
  return {
    head: headBefore(report.head, later),
    events: known,
    clocks: clocksThen(report.clocks, { later, isPast }, timeOf),
  }
}
