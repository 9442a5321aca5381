export const incidentKinds = ['storm', 'flood', 'heat', 'fire', 'epidemic', 'outage', 'event', 'other'] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** An incident under way at an instant. The end is exclusive. */
export function isUnderWay(incident: { startsAt: Date; endsAt: Date | null }, at: Date): boolean {
  return incident.startsAt <= at && (incident.endsAt === null || at < incident.endsAt)
}
