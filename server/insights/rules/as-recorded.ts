import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { clocksThen, type StoredClock } from './clocks-then.ts'
import { knownAtOf, recordedAtOf } from './known.ts'
import type { LoggedEvent } from './replay.ts'
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
    clocks: beforeTakenBack(report.clocks, later).flatMap(({ clock, later: until }) =>
      clocksThen([clock], { later: until, isPast }, timeOf),
    ),
  }
}

type Standing = { clock: StoredClock; later: readonly LoggedEvent[] }

/**
 * Each clock as it was before the first of these events that set it back, with the events before that one; those that
 * are stored now, with all of the events, where none did.
 */
function beforeTakenBack(stored: readonly StoredClock[], later: readonly LoggedEvent[]): Standing[] {
  const standing = new Map<string, Standing>(stored.map((clock) => [keyOf(clock), { clock, later }]))
  for (const [place, { clocksLeft = [] }] of [...later.entries()].reverse()) {
    for (const left of clocksLeft) {
      standing.set(keyOf(left), { clock: left, later: later.slice(0, place) })
    }
  }
  return [...standing.values()].sort((a, b) => a.clock.clock.startedAt.getTime() - b.clock.clock.startedAt.getTime())
}

const keyOf = ({ round, clock }: StoredClock): string => `${clock.kind} ${round}`
