import type { ClockTime } from '#server/calendars/rules/deadlines.ts'
import { isUnderWay } from '#server/incidents/rules/incident.ts'
import type { Severity } from './lifecycle.ts'

/** Storm mode belongs to an incident and applies to its linked urgent reports while it is under way (DOMAIN.md §2) [ours]. */
export function clockTimeIn(
  severity: Severity,
  incident: { startsAt: Date; endsAt: Date | null; stormMode: boolean } | null,
  at: Date,
): ClockTime {
  return severity === 'urgent' && incident?.stormMode && isUnderWay(incident, at) ? 'always' : 'working'
}
