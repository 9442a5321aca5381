import type { ClockTime } from '#server/calendars/rules/deadlines.ts'
import { isUnderWay } from '#server/incidents/rules/incident.ts'
import type { Severity } from './lifecycle.ts'

type Storm = { startsAt: Date; endsAt: Date | null; stormMode: boolean }

/**
 * Emergency mode of an incident applies to its urgent reports while it is under way (docs/domain.md, clocks) [ours].
 */
export function clockTimeIn(severity: Severity, incident: Storm | null, at: Date): ClockTime {
  return severity === 'urgent' && incident?.stormMode && isUnderWay(incident, at) ? 'always' : 'working'
}

/** An incident as it is now, with the past switches of its emergency mode, in order. */
export type LoggedStorm = Storm & { switches: readonly { at: Date; on: boolean }[] }

/**
 * The past moments at which the clock of a report was switched, or would have been had it run; `spans`: to which
 * incident the report was linked from which moment on, the first from the beginning.
 */
export function switchesIn(
  severity: Severity,
  spans: readonly { from: Date; incident: LoggedStorm | null }[],
  now: Date,
): { at: Date; time: ClockTime }[] {
  return spans.flatMap(({ from, incident }, place) => {
    const until = spans[place + 1]?.from ?? now
    const moments = [from, ...(incident?.switches.map(({ at }) => at) ?? []), incident?.endsAt ?? from]
      .filter((at) => at >= from && at <= until)
      .toSorted((one, other) => one.getTime() - other.getTime())
    return moments.map((at) => ({
      at,
      time: clockTimeIn(severity, incident && { ...incident, stormMode: modeAt(incident, at) }, at),
    }))
  })
}

function modeAt({ switches, stormMode }: LoggedStorm, at: Date): boolean {
  const last = switches.findLast((each) => each.at <= at)
  if (last) return last.on
  const [next] = switches
  return next ? !next.on : stormMode
}
