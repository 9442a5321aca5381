export const incidentKinds = ['storm', 'flood', 'heat', 'fire', 'epidemic', 'outage', 'event', 'other'] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** The state of an incident, as the list shows it and filters by it. */
export const incidentStates = ['planned', 'under_way', 'ended', 'closed'] as const
export type IncidentState = (typeof incidentStates)[number]

/** An incident under way at an instant. The end is exclusive. */
export function isUnderWay(incident: { startsAt: Date; endsAt: Date | null }, at: Date): boolean {
  return incident.startsAt <= at && (incident.endsAt === null || at < incident.endsAt)
}

/** Whether it was closed: it matches no more reports, and has an after-action page. */
export const isClosed = (incident: { closedAt: Date | null }): boolean => incident.closedAt !== null

export const suggestionStatuses = ['pending', 'confirmed', 'dismissed'] as const
